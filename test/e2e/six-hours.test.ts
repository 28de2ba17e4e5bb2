import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';
import { type Ledger, openLedger } from './ledger.ts';
import { type Outside, startOutside } from './outside.ts';

const minute = 60_000;
const longestMs = 300_000;

describeWith('postgres', 'six hours of a P1, by two processes, time in our hand', () => {
  let postgres: Postgres;
  let outside: Outside;
  let ledger: Ledger;
  let channel: string;
  let began: number;
  let told: string[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    outside = await startOutside({ processes: 2, databaseUrl: await postgres.createDatabase(), scale: 1 });
    began = Math.ceil(outside.clock.now().getTime() / minute) * minute;
    outside.stopTime(new Date(began));
    ledger = openLedger(outside, new Date(began));
  }, longestMs);
  afterAll(async () => {
    await outside?.close();
    await postgres?.stop();
  }, longestMs);

  const stopAt = (minutes: number, seconds = 0): void =>
    outside.stopTime(new Date(began + minutes * minute + seconds * 1000));
  /** It is so late after the declaration, and all that is due then goes out. */
  const at = async (minutes: number, seconds = 0): Promise<void> => {
    stopAt(minutes, seconds);
    await ledger.quiet();
  };
  /** Each instant, and the second before it: what is due is not a second early. */
  const upTo = async (minutes: number): Promise<void> => {
    await at(minutes - 1, 59);
    await at(minutes);
  };
  /** What has arrived since this was last asked. */
  const news = (): string[] => {
    const lines = ledger.lines();
    const fresh = lines.filter(
      (line, index) => lines.slice(0, index + 1).filter((one) => one === line).length > countIn(told, line),
    );
    told = lines;
    return fresh;
  };
  const say = async (user: string, words: string, seen: RegExp): Promise<void> => {
    await outside.dr(user, words, channel);
    await outside.seen(user, channel, seen);
    await ledger.quiet();
  };
  const tellCustomers = async (words: string): Promise<void> => {
    await outside.dr('U0CAT', 'update', channel);
    await outside.submit('U0CAT', { audiences: ['customers'], outside: words });
    await outside.submit('U0CAT', {});
    await outside.seen('U0CAT', 'customer-success', new RegExp(words));
    await ledger.quiet();
  };
  const failOver = async (): Promise<void> => {
    outside.letTimeGo(1);
    await outside.dr('U0ANA', 'failover tasks=8', channel);
    await outside.submit('U0ANA', { phrase: 'FAILOVER' });
    await outside.seen('U0BEN', channel, /asks for your approval/);
    await outside.press('U0BEN', channel, 'consent.approve');
    outside.letTimeGo(20);
    await outside.seen('U0ANA', channel, /\*failover\* in INC-1 succeeded/, 120);
    outside.stopTime();
    await ledger.quiet();
  };

  it(
    'tells everybody first, and calls until somebody has it; the page has its words once though its answer was lost',
    async () => {
      channel = await outside.declare('U0ANA', 'us-east-1 is failing');
      await ledger.quiet();
      await at(3, 19);
      await at(3, 20);
      await at(4, 59);
      outside.farEnds.statuspage.faults.lose = { times: 1, of: 'POST' };
      await at(5);
      await at(6);
      await say('U0BEN', 'ack', /has taken/);
      await at(7);
      await tellCustomers('Payments are slow.');
      await at(15);
      expect(news()).toEqual([
        '0:00:00 #direct-u0ana declared',
        '0:00:00 #inc call',
        '0:00:00 #stakeholders declared',
        '0:00:00 mail directors@example.com',
        '0:00:00 mail it-managers@example.com',
        '0:03:20 #inc draft',
        '0:05:00 #direct-u0ana call',
        '0:05:00 #direct-u0ben call',
        '0:05:00 #direct-u0dov call',
        '0:05:00 #inc asked for words to customers',
        '0:05:00 page investigating',
        '0:06:00 #inc acknowledged',
        '0:07:00 #customer-success update',
        '0:07:00 mail account-managers@example.com',
      ]);
    },
    longestMs,
  );

  it(
    'holds back once, counts the promise as broken, and then speaks by itself',
    async () => {
      await upTo(25);
      await at(26);
      await say('U0ANA', 'snooze', /held back/);
      for (const minutes of [31, 32, 35, 36, 37, 38, 40, 45, 47]) await upTo(minutes);
      expect(news()).toEqual([
        '0:25:00 #inc draft',
        '0:26:00 #inc held back',
        '0:31:00 #inc broken promise to stakeholders',
        '0:32:00 #inc draft',
        '0:36:00 #inc broken promise to public',
        '0:37:00 #inc asked for words to customers',
        '0:38:00 #inc broken promise to customers',
        '0:40:00 #inc draft',
        '0:40:00 #inc update',
        '0:40:00 #stakeholders update',
        '0:40:00 mail directors@example.com',
        '0:40:00 mail it-managers@example.com',
        '0:45:00 page investigating',
        '0:47:00 #inc asked for words to customers',
      ]);
    },
    longestMs,
  );

  it(
    'goes on at the pace of the new severity, and of a recovery',
    async () => {
      await say('U0ANA', 'severity P3', /\*Update\* · P3/);
      await at(50);
      await tellCustomers('Payments are still slow.');
      await at(60);
      await failOver();
      expect(news()).toEqual([
        '0:47:00 #inc update',
        '0:47:00 #stakeholders update',
        '0:47:00 mail directors@example.com',
        '0:47:00 mail it-managers@example.com',
        '0:50:00 #customer-success update',
        '0:50:00 mail account-managers@example.com',
        expect.stringMatching(/^1:0\d:\d\d page monitoring$/),
      ]);
    },
    longestMs,
  );

  it(
    'says once what came due while Slack was away and a process died',
    async () => {
      await upTo(162);
      outside.farEnds.slack.faults.down = '503';
      for (const minutes of [167, 168, 170]) {
        stopAt(minutes);
        await wait(1500);
      }
      outside.bot.kill();
      stopAt(174);
      await wait(1500);
      outside.farEnds.slack.faults.down = 'no';
      await ledger.quiet();
      expect(news()).toEqual([
        '2:42:00 #inc draft',
        '2:47:00 mail directors@example.com',
        '2:47:00 mail it-managers@example.com',
        '2:54:00 #inc asked for words to customers',
        '2:54:00 #inc broken promise to customers',
        '2:54:00 #inc broken promise to responders',
        '2:54:00 #inc broken promise to stakeholders',
        '2:54:00 #inc update',
        '2:54:00 #stakeholders update',
      ]);
    },
    longestMs,
  );

  it(
    'catches up once after hours in which nobody was there',
    async () => {
      for (const { bot } of outside.bots) bot.kill();
      stopAt(320);
      for (const { bot } of outside.bots) {
        await bot.changes.until(() => bot.state.state === 'up', 'Muster to be back', 60_000);
      }
      await ledger.quiet();
      expect(news()).toEqual([
        '5:20:00 #inc asked for words to customers',
        '5:20:00 #inc broken promise to public',
        '5:20:00 page monitoring',
      ]);
    },
    longestMs,
  );

  it(
    'gives the all-clear to everybody and the post-mortem to read',
    async () => {
      await at(360);
      await say('U0ANA', 'resolve', /is resolved/);
      await tellCustomers('Payments work again.');
      expect(news()).toEqual([
        '6:00:00 #customer-success all clear',
        '6:00:00 #inc all clear',
        '6:00:00 #inc asked for words to customers',
        '6:00:00 #inc asked for words to customers',
        '6:00:00 #inc draft',
        '6:00:00 #inc post-mortem',
        '6:00:00 #incidents all clear',
        '6:00:00 #stakeholders all clear',
        '6:00:00 mail account-managers@example.com',
        '6:00:00 mail directors@example.com',
        '6:00:00 mail it-managers@example.com',
        '6:00:00 page resolved',
      ]);
    },
    longestMs,
  );

  it('has said nothing twice', () => {
    const keys = ledger.keys();
    expect(keys.toSorted()).toEqual([...new Set(keys)].toSorted());
    const mails = outside.farEnds.mail.mailbox.received.map(({ messageId }) => messageId);
    expect(mails.toSorted()).toEqual([...new Set(mails)].toSorted());
    expect(outside.farEnds.statuspage.page.incidents).toHaveLength(1);
  });

  it('counts its promises in the post-mortem', () => {
    const [file, ...others] = outside.farEnds.slack.workspace.files.values();
    expect(others).toEqual([]);
    const text = file?.content ?? '';
    const rows = text.slice(text.indexOf('| Audience ')).split('\n\n', 1)[0]?.split('\n').slice(2) ?? [];
    // Messages, by people, by themselves, not all arrived, promises kept, promises broken.
    expect(rows.map((row) => row.replaceAll(/[ |]+/g, ' ').trim())).toEqual([
      // The last words may or may not have been said, or have arrived, when it was written.
      expect.stringMatching(/^responders 4 0 4 0 [23] 1$/),
      expect.stringMatching(/^stakeholders 5 0 5 0 [12] 2$/),
      expect.stringMatching(/^customers ([23]) \1 0 0 0 2$/),
      expect.stringMatching(/^public 5 0 5 0 [12] 2$/),
    ]);
  });
});

function countIn(lines: readonly string[], line: string): number {
  return lines.filter((one) => one === line).length;
}
