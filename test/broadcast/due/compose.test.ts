import { describe, expect, it } from '@jest/globals';
import { composeDraft, type Situation } from '../../../src/broadcast/due/compose.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Run, StepStatus } from '../../../src/domain/run.ts';
import type { TimelineEntry, TimelineKind } from '../../../src/domain/timeline.ts';
import { planOf } from '../../support/plans.ts';
import { runOf, stateOf } from '../../support/rows.ts';

const at = new Date('2026-11-21T12:00:00Z');
const incident: Incident = {
  id: 7,
  kind: 'incident',
  title: 'Checkout fails',
  severity: 'P1',
  phase: 'recovering',
  services: ['api', 'web'],
  scenario: null,
  commander: 'ana',
  declaredBy: 'ana',
  impactBeganAt: at,
  declaredAt: at,
  resolvedAt: null,
  closedAt: null,
  channel: null,
  channelName: 'inc-7',
};
const planned = ['fence', 'promote', 'traffic', 'looked'].map((id) => ({
  id,
  title: `Do ${id}`,
  kind: id === 'looked' ? ('human' as const) : ('converge' as const),
  services: ['api'],
}));
const situation = (over: Partial<Situation>): Situation => ({
  incident,
  entries: [],
  run: null,
  moved: [],
  served: [],
  asked: [],
  guarded: [],
  ...over,
});
const withRun = (run: Partial<Run>, ...statuses: StepStatus[]): Partial<Situation> => ({
  run: {
    run: runOf(planOf([], { incidentId: 7 }), at, run),
    planned,
    steps: statuses.map((status, index) => stateOf(planned[index]?.id ?? '', { status })),
  },
});
const entry = (text: string, kind: TimelineKind = 'step', over: Partial<TimelineEntry> = {}): TimelineEntry => ({
  id: 1,
  incidentId: 7,
  at,
  kind,
  who: 'muster',
  text,
  editedAt: null,
  removedAt: null,
  ...over,
});

describe('a draft of the next words', () => {
  it.each<[string, Partial<Situation>, string, string]>([
    ['nothing', {}, 'No recovery command is running.', 'The commander decides how to recover.'],
    ['a request', { asked: ['failover'] }, 'failover waits for approval.', 'The approvers decide.'],
    [
      'a run',
      withRun({}, 'done', 'running', 'waiting'),
      'failover is running: 1 of 3 steps are done; under way, not done yet: “Do promote”.',
      'Do traffic.',
    ],
    [
      'a checkpoint',
      withRun({}, 'done', 'running', 'waiting', 'running'),
      'failover is running: 1 of 4 steps are done; under way, not done yet: “Do promote”; waits for a person: “Do looked”.',
      'Do traffic.',
    ],
    [
      'a pause',
      withRun({ status: 'paused', note: 'promote failed: no replica' }, 'done', 'failed', 'waiting'),
      'failover is paused, 1 of 3 steps are done: “Do promote” failed: no replica.',
      'Somebody decides how failover goes on.',
    ],
    [
      'success after which nobody was seen served',
      withRun({ status: 'ended', outcome: 'succeeded' }, 'done', 'done', 'done'),
      'failover has succeeded.',
      'The commander decides what comes next: nobody was seen served yet.',
    ],
    [
      'success',
      {
        incident: { ...incident, phase: 'monitoring' },
        ...withRun({ status: 'ended', outcome: 'succeeded' }, 'done', 'done', 'done'),
      },
      'failover has succeeded.',
      'The commander decides when the incident is resolved.',
    ],
    [
      'failure',
      withRun({ status: 'ended', outcome: 'failed', note: 'promote timed out' }, 'done', 'failed'),
      'failover has failed: “Do promote” timed out.',
      'The commander decides how to recover.',
    ],
    [
      'an undoing',
      withRun({ purpose: 'undo' }, 'running'),
      'the undoing of failover is running: 0 of 1 steps are done; under way, not done yet: “Do fence”.',
      'the undoing of failover ends.',
    ],
    [
      'an undoing that left something out',
      withRun(
        { purpose: 'undo', status: 'ended', outcome: 'undone', exceptions: ['fence skipped: it stays'] },
        'skipped',
      ),
      'what failover had changed was put back, except: “Do fence” skipped: it stays.',
      'The commander decides how to recover.',
    ],
    [
      'a guard',
      { guarded: ['us-east-1'] },
      'us-east-1 could not be stopped: it is watched, and stopped when it comes back.',
      'The commander decides how to recover.',
    ],
  ])('says what is happening and what comes next: %s', (_, over, happening, next) => {
    expect(composeDraft(situation(over))).toMatchObject({ happening, next });
  });

  it.each<[string, Partial<Situation>, string[]]>([
    ['while nothing was seen', withRun({ status: 'ended', outcome: 'succeeded-with-exceptions' }, 'done'), []],
    ['whose traffic was seen to move', { moved: ['api', 'other'] }, ['api']],
    [
      'where a run succeeded, and nobody was seen served',
      withRun({ status: 'ended', outcome: 'succeeded' }, 'done'),
      [],
    ],
    ['whose people were seen served', { served: ['api'] }, ['api']],
    ['when it failed', withRun({ status: 'ended', outcome: 'failed' }, 'failed'), []],
    ['while it is put back', { ...withRun({ purpose: 'undo' }, 'running'), moved: ['api'] }, []],
    ['once a person said that it is over', { incident: { ...incident, phase: 'resolved' } }, ['api', 'web']],
  ])('calls restored only what was seen to be: %s', (_, over, restored) => {
    const parts = composeDraft(situation(over));
    expect(parts.restored).toEqual(restored);
    expect([...parts.restored, ...parts.affected].sort()).toEqual(['api', 'web']);
  });

  it('tells changes, each a sentence, and not who was called, what was said or what was taken out', () => {
    const entries = [
      entry('promote was done'),
      entry('ana was called', 'escalation'),
      entry('Told stakeholders', 'words'),
      entry('', 'decision', { removedAt: at }),
      entry('Traffic of api is in us-west-2.', 'region'),
    ];
    expect(composeDraft(situation({ entries })).changes).toEqual([
      'promote was done.',
      'Traffic of api is in us-west-2.',
    ]);
  });

  it('tells of steps by the titles that they had, and what people were asked by its title alone', () => {
    const undo = {
      run: runOf(planOf([], { incidentId: 7 }), at, { purpose: 'undo' }),
      planned: planned.map((step) => ({ ...step, title: `Put back: ${step.title}` })),
      steps: [],
    };
    const entries = [
      entry('fence (Do fence (all of it)) was done in 40s.'),
      entry(
        'looked asks people: Engineering Lead: connect to db-restored-3k9x.example.com and look; login: People can',
      ),
      entry('fence (Do fence (all of it)) was put back in 1m 9s.'),
      entry('fence (Do fence (all of it)) was deferred, as us-east-1 does not answer.'),
      entry('Asked for skipping fence in failover, which 1 of the approvers approve: it hangs', 'decision'),
      entry('promote (Do promote) failed after 4s: no replica. Next: retry promote.'),
    ];
    expect(composeDraft(situation({ entries, run: undo })).changes).toEqual([
      '“Do fence (all of it)” was done in 40s.',
      'People were asked: “Do looked”.',
      '“Do fence (all of it)” was put back in 1m 9s.',
      '“Do fence (all of it)” was deferred, as us-east-1 does not answer.',
      'Asked for skipping “Do fence” in failover, which 1 of the approvers approve: it hangs.',
      '“Do promote” failed after 4s: no replica.',
    ]);
  });

  it('tells the newest of many changes, and how many there were before', () => {
    const entries = Array.from({ length: 40 }, (_, index) => entry(`step ${index} was done`));
    const { changes } = composeDraft(situation({ entries }));
    expect(changes[0]).toBe('32 earlier changes are on the timeline.');
    expect(changes.slice(1)).toHaveLength(8);
    expect(changes.at(-1)).toBe('step 39 was done.');
  });
});
