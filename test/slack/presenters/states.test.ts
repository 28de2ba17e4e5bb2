import { describe, expect, it } from '@jest/globals';
import { presentConsent } from '../../../src/slack/presenters/consent.ts';
import { presentIncidentHeader } from '../../../src/slack/presenters/incident-header.ts';
import { runMark } from '../../../src/slack/presenters/marks.ts';
import type { Words } from '../../../src/slack/presenters/message.ts';
import { presentPlan } from '../../../src/slack/presenters/plan.ts';
import { changeSummary, madeLine } from '../../../src/slack/presenters/plan-summary.ts';
import { presentRun } from '../../../src/slack/presenters/run.ts';
import { presentStatus } from '../../../src/slack/presenters/status.ts';
import { checkOf, plannedStep, planOf } from '../../support/plans.ts';
import { stateOf } from '../../support/rows.ts';
import { townHome as home } from '../../support/town.ts';
import { consentViewOf, incidentViewOf, now, runViewOf } from '../views.ts';

function buttonsOf(words: Words): string[] {
  return words.blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((each) => ('text' in each && each.text ? [each.text.text] : []))
      : [],
  );
}

describe('a run', () => {
  it('has only the buttons that fit its state', () => {
    expect(buttonsOf(presentRun(runViewOf(), home))).toEqual(['Pause', 'Abort…']);
    expect(buttonsOf(presentRun(runViewOf({ run: { status: 'paused' } }), home))).toEqual(['Resume', 'Abort…']);
    expect(buttonsOf(presentRun(runViewOf({ run: { status: 'aborting' } }), home))).toEqual([]);
    const ended = { status: 'ended', outcome: 'failed', endedAt: now } as const;
    expect(buttonsOf(presentRun(runViewOf({ run: ended, undoable: true }), home))).toEqual(['Undo…']);
    expect(buttonsOf(presentRun(runViewOf({ run: ended }), home))).toEqual([]);
  });

  it('shows trouble before anything else, with what may be done about it', () => {
    const steps = [
      stateOf('fence', { status: 'unknown', note: 'us-east-1 does not answer' }),
      stateOf('promote', { status: 'failed', note: 'no' }),
    ];
    const words = presentRun(runViewOf({ run: { status: 'paused' }, steps }), home);
    expect(JSON.stringify(words.blocks[1])).toContain('us-east-1 does not answer');
    expect(buttonsOf(words).slice(0, 4)).toEqual([
      'Retry fence',
      'Defer the fence fence…',
      'Retry promote',
      'Skip promote…',
    ]);
  });

  it('says once why the step that stopped it stopped short, and by itself why a person paused it', () => {
    const why = 'us-east-1 does not answer';
    const steps = [stateOf('fence', { status: 'unknown', note: why })];
    const stopped = presentRun(runViewOf({ run: { status: 'paused', note: `fence unknown: ${why}` }, steps }), home);
    expect(JSON.stringify(stopped.blocks).split(why)).toHaveLength(2);
    const held = presentRun(runViewOf({ run: { status: 'paused', note: 'ana: wait for the bank' } }), home);
    expect(JSON.stringify(held.blocks)).toContain('Why: ana: wait for the bank');
  });

  it('says how long a step and the run took from one whole second to the other, as the post-mortem does', () => {
    const [startedAt, endedAt] = ['2026-03-01T14:06:00.900Z', '2026-03-01T14:06:08.300Z'];
    const steps = [stateOf('fence', { status: 'done', startedAt, endedAt })];
    const run = {
      status: 'ended',
      outcome: 'succeeded',
      startedAt: new Date(startedAt),
      endedAt: new Date(endedAt),
    } as const;
    const { text } = presentRun(runViewOf({ run, steps }), home);
    expect(text).toMatch(/Took \*8s\*/);
    expect(text).toMatch(/`fence`.* · 8s/);
  });

  it('says once that it is an undo, and at its end what was left', () => {
    const left = ['restore (Restored), rds:db-restored-3k9x in us-east-1: delete it by hand once nobody needs it.'];
    const plan = planOf([plannedStep('fence')], { purpose: 'undo', title: 'Undo: Database is broken', left });
    const [planWords] = presentPlan(plan, { home, simulated: false });
    expect(JSON.stringify(planWords.blocks[0])).toContain('↩️ Undo: Database is broken');
    expect(JSON.stringify(planWords)).not.toMatch(/Undo: Undo|RTO/);
    expect(JSON.stringify(planWords)).toContain('Left as it is:* restore (Restored)');
    const run = { purpose: 'undo', status: 'ended', outcome: 'undone', endedAt: now } as const;
    const { text } = presentRun(runViewOf({ plan, run }), home);
    expect(text).toMatch(/^\*↩️ Undone: Database is broken/);
    expect(text).toContain('Left as it is:* restore (Restored)');
    const running = presentRun(runViewOf({ plan, run: { purpose: 'undo' } }), home);
    expect(running.text).toMatch(/^\*🔄 Running: Undo: Database is broken/);
    expect(running.text).not.toContain('RTO');
  });

  it('never says succeeded for another outcome', () => {
    for (const outcome of ['failed', 'aborted', 'undone'] as const) {
      const { text } = presentRun(runViewOf({ run: { status: 'ended', outcome, endedAt: now } }), home);
      expect(text).not.toMatch(/succeeded(?! with)/i);
    }
    const excepted = presentRun(
      runViewOf({
        run: { status: 'ended', outcome: 'succeeded-with-exceptions', exceptions: ['fence deferred'], endedAt: now },
      }),
      home,
    );
    expect(excepted.text).toContain('Succeeded with exceptions');
    expect(excepted.text).toContain('Fence deferred');
  });

  it('says what Resume is for where a step waits for an answer of its own', () => {
    const steps = [stateOf('promote', { status: 'failed', note: 'no' })];
    const stopped = presentRun(runViewOf({ run: { status: 'paused' }, steps }), home);
    expect(JSON.stringify(stopped.blocks)).toContain('*Resume* only ends a pause that a person made');
    const held = presentRun(runViewOf({ run: { status: 'paused' } }), home);
    expect(JSON.stringify(held.blocks)).not.toContain('only ends a pause');
  });

  it('asks the person at a checkpoint', () => {
    const input = { instructions: 'Orders per minute are above 40.' };
    const plan = planOf([plannedStep('look', { kind: 'human', title: 'Look at the dashboard', input })]);
    const words = presentRun(runViewOf({ plan, steps: [stateOf('look', { status: 'running' })] }), home);
    expect(buttonsOf(words)).toEqual(['Done', 'Failed…', 'Pause', 'Abort…']);
    expect(words.text).toContain('Orders per minute are above 40.');
    const [done] = JSON.stringify(words.blocks).match(/"title":\{[^}]*Is look done[\s\S]*?"deny"/) ?? [];
    expect(done).toContain('Orders per minute are above 40.');
    const status = presentStatus(
      incidentViewOf(),
      runViewOf({ plan, steps: [stateOf('look', { status: 'running' })] }),
      [],
      home,
    );
    expect(status.text).toContain('Orders per minute are above 40.');
  });

  it('has a word for every state', () => {
    expect(Object.values(runMark).every((mark) => /\p{L}/u.test(mark))).toBe(true);
  });
});

describe('a request for consent', () => {
  it('has buttons while it waits, and only its outcome when it is over', () => {
    expect(buttonsOf(presentConsent(consentViewOf(), home))).toEqual(['Approve K7F3Q2', 'Break glass…']);
    expect(JSON.stringify(presentConsent(consentViewOf(), home).blocks)).toContain(
      'for when no approver can be reached',
    );
    for (const state of ['granted', 'expired', 'superseded', 'refused'] as const) {
      expect(buttonsOf(presentConsent(consentViewOf({ state }), home))).toEqual([]);
    }
  });

  it('shows the code of the change when it changes a run', () => {
    const words = presentConsent(
      consentViewOf({ code: 'CHANGE', amendment: { kind: 'skip', step: 'scale', reason: 'the quota is used up' } }),
      home,
    );
    expect(words.text).toContain('CHANGE');
    expect(words.text).not.toContain('K7F3Q2');
    expect(words.text).toContain('the quota is used up');
  });
});

describe('a plan', () => {
  it('says that it is blocked, and by what', () => {
    const plan = planOf([plannedStep('lag', { checks: [checkOf('unknown')] })], { code: 'K7F3Q2' });
    const [words] = presentPlan(plan, { home, simulated: false });
    expect(words.text).toMatch(/⛔ \*Blocked\*[\s\S]*replica lag/);
    expect(words.text).not.toContain('Ready');
    expect(words.text).not.toContain('RTO');
  });

  it('does not say how to run what cannot be run', () => {
    const ask = (plan: Parameters<typeof presentPlan>[0]): string =>
      JSON.stringify(presentPlan(plan, { home, simulated: false }));
    expect(ask(planOf([plannedStep('scale')]))).toContain('To run it: `/dr failover`');
    expect(ask(planOf([plannedStep('scale')], { purpose: 'undo' }))).toContain('To run it: `/dr undo`');
    const blocked = ask(planOf([plannedStep('lag', { checks: [checkOf('unknown')] })]));
    expect(blocked).not.toContain('To run it');
    expect(blocked).toContain('this plan cannot be run');
    expect(blocked).not.toContain('mode=ungraceful');
    const steps = [plannedStep('lag', { checks: [checkOf('fail', { carry: 'ungraceful' })] })];
    expect(ask(planOf(steps))).toContain('or accept that data is lost: `/dr failover mode=ungraceful`');
    const others = [
      planOf(steps, { purpose: 'undo' }),
      planOf(steps, { modes: ['graceful'] }),
      planOf([...steps, plannedStep('quota', { checks: [checkOf('fail', { carry: 'with-reason' })] })]),
    ];
    for (const plan of others) expect(ask(plan)).not.toContain('mode=ungraceful');
  });

  it('says what it takes to run it, and that nobody else is needed where nobody is', () => {
    const next = (over: Partial<Parameters<typeof presentPlan>[0]>): string =>
      presentPlan(planOf([plannedStep('scale')], { code: 'K7F3Q2', ...over }), { home, simulated: false })[0].text;
    expect(next({})).toContain(
      'To run it: `/dr failover`, the word `FAILOVER` and the approval of one other, all for code `K7F3Q2`.',
    );
    expect(next({ approvals: 0, phrase: null })).toContain(
      'To run it: `/dr failover`, for code `K7F3Q2`; nobody else has to approve.',
    );
  });

  it('shows an input that is empty as such', () => {
    const plan = planOf([plannedStep('scale')], { inputs: { tasks: 4, database: '' } });
    expect(madeLine(plan, 'UTC', 'ana')).toMatch(/inputs: `tasks=4` `database=\(empty\)`$/);
  });

  it('says first where traffic goes, whatever is cut', () => {
    const step = plannedStep('traffic', {
      traffic: 'latching',
      before: { object: 's3', name: 'www', present: false, answered: ['192.0.2.1'] },
      after: { object: 's3', name: 'www', to: 'us-west-2', present: true, answered: ['198.51.100.1'] },
    });
    expect(changeSummary(planOf([step]))).toEqual([
      expect.stringContaining('Step traffic: to: *us-west-2* (and 2 more) · 🚦 moves traffic'),
    ]);
  });

  it('marks what cannot be undone, what moves traffic, and whose control plane it needs', () => {
    const step = plannedStep('record', { risk: 'irreversible', traffic: 'latching', controlPlane: 'us-east-1' });
    const all = JSON.stringify(presentPlan(planOf([step]), { home, simulated: false }));
    for (const flag of ['cannot be undone', 'moves traffic', 'depends on the control plane in us-east-1'])
      expect(all).toContain(flag);
  });
});

describe('the header of an incident', () => {
  it('asks before it is resolved whether customers and the public are to have heard nothing', () => {
    const outside = { rule: 'approved', dueAt: null, promised: null, kept: 0, broken: 0 } as const;
    const asked = (customers: Date | null, to: 'approved' | 'never' = 'approved') =>
      JSON.stringify(
        presentIncidentHeader(
          incidentViewOf({
            audiences: [
              { ...outside, audience: 'customers', toldAt: customers },
              { ...outside, audience: 'public', toldAt: null, rule: to },
            ],
          }),
          home,
        ).blocks,
      );
    expect(asked(null)).toContain('Customers and the public have been told nothing of it.');
    expect(asked(now)).toContain('The public has been told nothing of it.');
    expect(asked(now, 'never')).not.toContain('told nothing');
  });

  it('counts against the RTO, and says when it is missed', () => {
    expect(presentIncidentHeader(incidentViewOf({ rto: { ms: 3_600_000, of: 'api' } }), home).text).toContain(
      'RTO 1h of api: *30m left*',
    );
    expect(presentIncidentHeader(incidentViewOf({ rto: { ms: 600_000, of: 'failover' } }), home).text).toMatch(
      /RTO missed[\s\S]*over by 20m/,
    );
    expect(presentIncidentHeader(incidentViewOf(), home).text).toContain('no RTO is set');
  });

  it('says what was not observed, and never that it was met', () => {
    const recovery = {
      rtoMs: 540_000,
      rtoObjectiveMs: 3_600_000,
      rtoExplain: 'until serving',
      rpoMs: null,
      rpoObjectiveMs: 900_000,
      rpoExplain: 'the lag was not read',
    };
    const { text } = presentIncidentHeader(incidentViewOf({ recovery }), home);
    expect(text).toContain('✅ met: *RTO 9m*');
    expect(text).toContain('❓ *RPO not observed* (objective 15m): the lag was not read');
  });

  it('names an armed guard', () => {
    const guards = [{ id: 'g', region: 'us-east-1', step: 'fence', state: 'armed' as const }];
    const { text } = presentIncidentHeader(incidentViewOf({ guards }), home);
    expect(text).toContain('Return guard armed');
    expect(text).toContain('can be resolved, but not closed: closing ends the watch');
  });
});
