import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/domain/errors.ts';
import { deriveEstate } from '../../src/rehearsal/estate/derive.ts';
import { playRehearsal, type Stage } from '../../src/rehearsal/play.ts';
import { createWorld, Estate } from '../../src/sim/index.ts';
import { consentView, ended, incident, now, plan, step } from '../cli/fixtures.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { moveCommand, otherHome } from './other-home.ts';

const { estate } = deriveEstate({ home: otherHome, command: moveCommand, inputs: { tasks: 6 }, mode: 'graceful' });
const task = {
  ...{
    folder: '',
    homeDir: '',
    home: otherHome,
    command: moveCommand,
    inputs: {},
    mode: 'graceful' as const,
    objects: [],
  },
  ...{ estate: Estate.parse(estate), standIns: [], dark: false, troubles: [], promotes: true },
};
const unmeasured = { rtoMs: null, rtoObjectiveMs: null, rtoExplain: '', rpoMs: null, rpoObjectiveMs: null };
const begun = step('replica', { status: 'done', startedAt: now.toISOString(), endedAt: now.toISOString() });

/** A stage on which everything goes well, but for what a test says of it. */
function stageOf(over: Partial<Stage['recovery']>, stoodIn: string[] = []): Stage {
  const clock = createManualClock();
  return {
    recovery: {
      plan: async () => ({ plan, verdict: 'ready', problems: [] }),
      request: async () => consentView(),
      approve: async () => consentView({ state: 'granted' }),
      currentRun: async () => ({ ...ended('aborted'), steps: [begun, step('promote', { status: 'not-run' })] }),
      abort: async () => 'aborting',
      answer: async () => 'answered',
      ...over,
    },
    incidents: {
      declare: async () => incident,
      resolve: async () => ({ incident, recovery: { ...unmeasured, rpoExplain: '' }, unpublished: false, untold: [] }),
    },
    world: createWorld({ clock, estate }),
    clock,
    news: () => clock.sleep(1),
    stoodIn: new Set(stoodIn),
    environment: [],
    tell: () => undefined,
  };
}

const refuse = async () => {
  throw new Refusal('That cannot be.');
};

describe('what a rehearsal comes to', () => {
  it.each(['plan', 'request', 'approve'])('is a refusal where the rules refuse its %s', async (word) => {
    const outcome = await playRehearsal(stageOf({ [word]: refuse }), task);
    expect(outcome).toEqual({ kind: 'refused', sentence: 'That cannot be.' });
  });

  it('is none where its own stand-ins are refused', async () => {
    const stage = stageOf({});
    const incidents = { ...stage.incidents, resolve: refuse };
    await expect(playRehearsal({ ...stage, incidents }, task)).rejects.toThrow('That cannot be.');
  });

  it('does not call a step answered that shares its check with another and never began', async () => {
    const outcome = await playRehearsal(stageOf({}, ['replica', 'promote']), task);
    if (outcome.kind !== 'reported') throw new Error(outcome.sentence);
    expect(outcome.report.steps.filter(({ standIn }) => standIn).map(({ id }) => id)).toEqual(['replica']);
  });
});
