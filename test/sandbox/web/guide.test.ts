import { describe, expect, it } from '@jest/globals';
import type { RecoveryNews } from '../../../sandbox/recovery-news.ts';
import { whyUnguided } from '../../../sandbox/web/src/guide/guided.ts';
import { failoverIn, hintOf, type Told } from '../../../sandbox/web/src/guide/hints.ts';
import { runningNow, stepOf } from '../../../sandbox/web/src/guide/steps.ts';
import { createCloud } from '../../sim/cloud.ts';
import { person } from './person.ts';

const people = [person('ida', ['commanders', 'approvers']), person('jon', ['approvers']), person('kim', ['approvers'])];

const failover = {
  name: 'failover',
  title: 'Fail over',
  purpose: 'recovery' as const,
  confirm: 'GO',
  approvals: 1,
  promotes: true,
};
const told: Told = {
  system: {
    title: 'A Bank',
    regions: { primary: 'eu-west-1', recovery: 'eu-central-1' },
    command: '/dr',
    commands: [{ ...failover, modes: ['graceful', 'ungraceful'] }],
    services: ['payments', 'web'],
    playing: null,
  },
  people,
  news: null,
  darkSince: null,
};

interface Standing {
  id?: number;
  measured?: boolean;
  asked?: string;
  approvedBy?: string[];
  run?: { status: string; outcome?: string; note?: string; exceptions?: string[] };
  acknowledged?: { by: string } | null;
  ranOutAt?: string;
}

/** What Muster tells of an incident, as far as the guide looks at it. */
function news({ id = 1, measured = false, asked, approvedBy = [], run, ...more }: Standing): RecoveryNews {
  const { acknowledged = { by: 'ida' }, ranOutAt } = more;
  const ranOut = ranOutAt === undefined ? null : { what: 'failover', requestedBy: 'ida', at: ranOutAt };
  return {
    incident: {
      incident: { id, kind: 'incident', channel: 'C1' },
      recovery: measured ? {} : null,
      guards: [],
      acknowledged,
      ranOut,
    },
    run: run && {
      run: {
        status: run.status,
        outcome: run.outcome ?? null,
        note: run.note ?? null,
        exceptions: run.exceptions ?? [],
      },
      plan: {
        steps: [
          { id: 'scale', title: 'Tasks' },
          { id: 'promote', title: 'Promotion' },
          { id: 'traffic', title: 'Traffic' },
        ],
      },
      steps: [
        { id: 'promote', status: 'running' },
        { id: 'scale', status: 'running' },
        { id: 'traffic', status: 'waiting' },
      ],
    },
    consents:
      asked === undefined ? [] : [{ requestedBy: asked, runId: null, approvals: approvedBy.map((by) => ({ by })) }],
    ...(run ? {} : { run: null }),
  } as unknown as RecoveryNews;
}

describe('where the guide stands', () => {
  it.each([
    ['declare', null],
    ['ask', news({})],
    ['approve', news({ asked: 'ida' })],
    ['run', news({ run: { status: 'running' } })],
    ['run', news({ run: { status: 'running' }, asked: 'ida' })],
    ['paused', news({ run: { status: 'paused', note: 'promote failed: no reason given' } })],
    ['held', news({ run: { status: 'paused', note: 'paused by jon: lunch' } })],
    ['resolve', news({ run: { status: 'ended', outcome: 'succeeded' } })],
    ['accept', news({ run: { status: 'ended', outcome: 'succeeded-with-exceptions' } })],
    ['approve', news({ run: { status: 'ended', outcome: 'failed' }, asked: 'ida' })],
    ['failed', news({ run: { status: 'ended', outcome: 'failed' } })],
    ['failed', news({ run: { status: 'ended', outcome: 'aborted' } })],
    ['measured', news({ measured: true, run: { status: 'ended', outcome: 'succeeded' } })],
  ])('%s', (step, standing) => expect(stepOf(standing, 0)).toBe(step));

  it('does not count incidents that were there before it began', () => {
    expect(stepOf(news({ id: 3, measured: true }), 3)).toBe('declare');
    expect(stepOf(news({ id: 4 }), 3)).toBe('ask');
  });

  it('tells what runs in the order of the plan', () => {
    expect(runningNow(news({ run: { status: 'running' } }))).toEqual(['Tasks', 'Promotion']);
  });
});

describe('what the guide says', () => {
  it('names the Regions, services and people of the home', () => {
    const hint = hintOf('declare', told);
    expect(hint).toMatchObject({ count: 1, line: '/dr declare payments fails', scene: 'declare' });
    expect(hint.title).toContain('eu-west-1');
    expect(hint.text).toContain('Ida');
  });

  it('says when the impact began, as the form takes it, while the Region is dark', () => {
    expect(hintOf('declare', told).text).not.toContain('impact');
    const since = new Date(2026, 10, 21, 23, 19, 16).toISOString();
    expect(hintOf('declare', { ...told, darkSince: since }).text).toContain(
      'the impact began at 21 Nov 2026, 23:19 (dark since 23:19:16;',
    );
  });

  it('asks ungracefully for what cannot be read, and for the phrase of the home', () => {
    const hint = hintOf('ask', told);
    expect(hint.line).toBe('/dr failover mode=ungraceful');
    expect(hint.text).toContain('type GO');
  });

  it('leaves the mode out where the command has one alone', () => {
    const commands = [{ ...failover, modes: ['graceful' as const] }];
    expect(hintOf('ask', { ...told, system: { ...told.system, commands } }).line).toBe('/dr failover');
  });

  it('speaks of Acknowledge until somebody has', () => {
    const text = (acknowledged: { by: string } | null) => hintOf('ask', { ...told, news: news({ acknowledged }) }).text;
    expect(text(null)).toContain('press Acknowledge, so that nobody else is called');
    expect(text({ by: 'ida' })).not.toContain('Acknowledge');
  });

  it('says that a request expired, and has it asked again', () => {
    const ranOutAt = new Date(2026, 10, 21, 14, 20, 7).toISOString();
    const again = hintOf('ask', { ...told, news: news({ ranOutAt }) });
    expect(again.title).toBe('Ask for the failover again');
    expect(again.text).toMatch(/^The request expired at 14:20:07 \S+; it has to be asked again\. In the channel/);
    const failed = news({ ranOutAt, run: { status: 'ended', outcome: 'failed' } });
    expect(hintOf('failed', { ...told, news: failed }).text).toMatch(/^The request expired/);
    expect(hintOf('ask', { ...told, news: news({}) })).toMatchObject({
      title: 'Ask for the failover',
      text: expect.not.stringContaining('expired'),
    });
  });

  it('has somebody look on at a play, and go on by themselves once it is over', () => {
    const asked = news({ asked: 'ida' });
    const title = (playing: Told['system']['playing']) =>
      hintOf('approve', { ...told, news: asked, system: { ...told.system, playing } }).title;
    expect(title('under-way')).toBe('Jon is to approve it');
    expect(title('over')).toBe('You are now Jon: approve it');
  });

  it('has another than the requester approve, who is awake', () => {
    const asked = { ...told, news: news({ asked: 'ida' }) };
    expect(hintOf('approve', asked).title).toBe('You are now Jon: approve it');
    const jonSleeps = people.map((one) => ({ ...one, asleep: one.name === 'jon' }));
    expect(hintOf('approve', { ...asked, people: jonSleeps }).title).toBe('You are now Kim: approve it');
    const allSleep = people.map((one) => ({ ...one, asleep: one.name !== 'ida' }));
    const hint = hintOf('approve', { ...asked, people: allSleep });
    expect(hint.title).toBe('Everybody who may approve is asleep');
    expect(hint.scene).toBeUndefined();
  });

  it('has those approve who have not, until there are as many as are needed', () => {
    const once = { ...told, news: news({ asked: 'ida', approvedBy: ['jon'] }) };
    expect(hintOf('approve', once).title).toBe('You are now Kim: approve it');
    const twice = { ...told, news: news({ asked: 'ida', approvedBy: ['jon', 'kim'] }) };
    expect(hintOf('approve', twice).scene).toBeUndefined();
  });

  it('names what was left out of a success, and leaves it to people to end the incident', () => {
    const run = {
      status: 'ended',
      outcome: 'succeeded-with-exceptions',
      exceptions: ['fence deferred', 'web skipped'],
    };
    const hint = hintOf('accept', { ...told, news: news({ run }) });
    expect(hint.text).toMatch(/^You are Ida again\. .*Ida resolves the incident: type \/dr resolve in its channel/);
    expect(hint).toMatchObject({
      line: '/dr resolve',
      scene: 'resolve',
      list: ['Fence deferred', 'Web skipped'],
    });
  });

  it('says why a run is paused', () => {
    const text = (note: string) => hintOf('paused', { ...told, news: news({ run: { status: 'paused', note } }) }).text;
    expect(text('promote failed.')).toMatch(/^promote failed\. Mend it under Trouble, become Ida/);
    expect(text('promote failed')).toMatch(/^promote failed\. Mend it/);
  });

  it('has a run that a person paused resumed by the commander, in the conversation', () => {
    const text = (note: string) => hintOf('held', { ...told, news: news({ run: { status: 'paused', note } }) }).text;
    const resume = 'Resume in the conversation; or Abort, to stop it here.';
    expect(text('paused by jon')).toBe(`Jon paused it. Become Ida and press ${resume}`);
    expect(text('paused by jon: look: it is slow')).toBe(
      `Jon paused it: look: it is slow. Become Ida and press ${resume}`,
    );
    expect(text('paused by ida')).toBe(`Ida paused it. Press ${resume}`);
  });

  it('has a title of at most 28 letters for one line of a phone', () => {
    const steps = [
      'declare',
      'ask',
      'approve',
      'run',
      'held',
      'paused',
      'failed',
      'resolve',
      'accept',
      'measured',
    ] as const;
    const ranOutAt = new Date(2026, 10, 21, 14, 20, 7).toISOString();
    const run = { status: 'ended', outcome: 'succeeded' };
    for (const standing of [news({ ranOutAt }), news({ run })]) {
      const titles = steps
        .map((step) => hintOf(step, { ...told, news: standing }))
        .map((hint) => hint.short ?? hint.title);
      expect(titles.filter((title) => title.length > 28)).toEqual([]);
    }
  });

  it('has no guided run where there is no failover, or nothing that it could promote, and says what there is', () => {
    const world = createCloud().world.view();
    const bare = world.regions.map((region) => ({
      ...region,
      databases: region.databases.filter(({ role }) => role === 'primary'),
    }));
    const without = { ...world, regions: bare };
    const other = { ...failover, name: 'restore-tables', modes: [], promotes: false };
    const restoring = { ...told.system, commands: [other] };
    expect(whyUnguided(told.system, world, null)).toBeNull();
    expect(whyUnguided(restoring, world, null)).toMatch(/no command failover.*ask for restore-tables: \/dr help/);
    expect(whyUnguided(told.system, without, null)).toMatch(/promotes a replica, and this cloud has none/);
    const ran = { run: { run: { command: 'failover' } } } as unknown as RecoveryNews;
    expect(whyUnguided(told.system, without, ran)).toBeNull();
    const own = { ...told.system, commands: [{ ...failover, modes: [], promotes: false }] };
    expect(whyUnguided(own, without, null)).toBeNull();
  });

  it('knows a home without a failover', () => {
    expect(failoverIn(told.system)?.name).toBe('failover');
    expect(failoverIn({ ...told.system, commands: [] })).toBeUndefined();
    expect(failoverIn({ ...told.system, commands: null })).toBeUndefined();
  });
});
