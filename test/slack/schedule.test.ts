import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Home } from '../../src/domain/home.ts';
import { until } from '../support/simulated-muster.ts';
import { type Bench, startBench } from './bench.ts';

const minuteMs = 60_000;
const manager = 'U0ENGMAN';
const administrator = 'U0DBA';

/** Due some minutes from now, once a day: seconds away where an hour takes a minute. */
function soon(minutes: number): string {
  const at = new Date(Date.now() + minutes * minuteMs);
  return `${at.getUTCMinutes()} ${at.getUTCHours()} * * *`;
}

describe('what is scheduled, in Slack', () => {
  let bench: Bench;
  beforeAll(async () => {
    const schedules = {
      status: { command: 'backup-status', at: soon(40), owner: 'database-administrator' },
      again: { command: 'backup-status', at: soon(40), owner: 'engineering-manager', inputs: {} },
      itself: { command: 'backup-status', at: soon(42), owner: 'engineering-manager', start: 'automatic' },
    };
    const changeHome = (home: Home) => Home.parse({ ...home, schedules });
    bench = await startBench({}, 120, false, { example: 'flight-data', changeHome });
    bench.muster.schedules.start();
  });
  afterAll(() => bench.close());

  const findCard = (name: string) =>
    bench.slack
      .seen(manager, '#incidents')
      .findLast(({ text }) => new RegExp(`is due since.*\`${name}\``, 's').test(text));
  const card = (name: string) => until(async () => findCard(name), `the card of ${name}`);
  const click = async (user: string, name: string, actionId: string) => {
    const { ts } = await card(name);
    return bench.slack.act.click({ user, channel: '#incidents', ts, actionId });
  };

  it('is left out with a reason by its owner; whoever was about to do the same reads who was first', async () => {
    await click(administrator, 'status', 'schedule.decline');
    await click(manager, 'status', 'schedule.decline');
    const first = await bench.modal(administrator, /is not run this time/);
    const second = await bench.modal(manager, /is not run this time/);
    const values = { reason: 'a new <bucket> today' };
    await bench.slack.act.submitView({ user: administrator, viewId: first.id, values });
    await until(async () => /Not this time/.test(findCard('status')?.text ?? ''), 'its card says so');
    const card = JSON.stringify(findCard('status'));
    expect(card).toMatch(/by decision of database-administrator.*: a new &lt;bucket&gt; today/);
    expect(card).not.toContain('schedule.begin');
    const late = await bench.slack.act.submitView({ user: manager, viewId: second.id, values });
    expect(JSON.stringify(late)).toContain('was declined before by database-administrator: a new <bucket> today.');
  }, 120_000);

  it('is begun by a commander in the form of its command, and its card follows the run', async () => {
    await click(manager, 'again', 'schedule.begin');
    await bench.modal(manager, /backup-status/);
    const ready = await bench.modal(manager, /"submit"/);
    expect(JSON.stringify(ready.body)).toContain("It goes on with the month's routines");
    await bench.slack.act.submitView({ user: manager, viewId: ready.id, values: {} });
    await until(async () => /Started|Succeeded|Failed/.test(findCard('again')?.text ?? ''), 'its card says so');
  }, 120_000);

  it('starts by itself in the name of the schedule', async () => {
    const started = await until(async () => {
      const { schedules } = await bench.muster.schedules.list();
      const itself = schedules.find(({ name }) => name === 'itself');
      return itself?.waiting?.state === 'started' || itself?.last ? itself : null;
    }, 'the schedule that starts by itself');
    expect(started.last?.state ?? 'done').toBe('done');
    const rows = await bench.muster.store.tx((tx) =>
      tx.query<{ what: string; door: string }>(
        `select what, door from audit where who = 'schedule itself' order by seq`,
      ),
    );
    expect(rows.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['plan.made', 'consent.requested', 'run.started']),
    );
    expect(rows.filter(({ what }) => what !== 'run.started').map(({ door }) => door)).not.toContain('slack');
  }, 120_000);

  it('is listed with its next time, its last outcome and what was missed', async () => {
    await bench.say(manager, 'schedules');
    const shown = await bench.message(manager, '#general', /Schedules/);
    expect(JSON.stringify(shown)).toMatch(
      /status.*next .*Not run by decision of .*database-administrator.*none missed in 90 days/s,
    );
    const [record] = (await bench.muster.incidents.list()).filter(({ kind }) => kind === 'routine');
    const { file } = await bench.muster.reports.report(record?.id ?? 0);
    expect(file.markdown).toMatch(
      /## What was scheduled\n\nOf 3 times .* none was missed\..*\| status \|[^\n]*declined/s,
    );
  }, 60_000);
});
