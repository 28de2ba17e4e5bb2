import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  endMachine,
  initialMachine,
  isOver,
  type Machine,
  outcomeOf,
  readySteps,
  standingOfRun,
  startStep,
  takeResult,
  takeSteer,
} from '../../src/domain/machine.ts';
import type { Plan } from '../../src/domain/plan.ts';
import type { AttemptResult } from '../../src/domain/run.ts';
import { checkOf, plannedStep, planOf } from '../support/plans.ts';

const at = '2026-03-01T14:00:00.000Z';
const diamond = planOf([
  plannedStep('a'),
  plannedStep('b', { needs: ['a'] }),
  plannedStep('c', { needs: ['a'] }),
  plannedStep('d', { needs: ['b', 'c'] }),
]);

function finish(plan: Plan, machine: Machine, step: string, status: AttemptResult['status'] = 'done'): Machine {
  const attempt = machine.steps.find((state) => state.id === step)?.attempt ?? 0;
  return takeResult(plan, machine, { step, attempt, status, note: status, output: null, effectSent: true }, at);
}

/** Starts everything that is ready and gives each step what `verdicts` says, else done, until the run is over or waits. */
function play(
  plan: Plan,
  verdicts: Record<string, AttemptResult['status']> = {},
  from = initialMachine(plan),
): Machine {
  let machine = from;
  for (let ready = readySteps(plan, machine); ready.length > 0; ready = readySteps(plan, machine)) {
    for (const id of ready) machine = startStep(machine, id, at);
    for (const id of ready) machine = finish(plan, machine, id, verdicts[id] ?? 'done');
  }
  return machine;
}

describe('a run', () => {
  it('starts steps as early as their needs allow', () => {
    let machine = initialMachine(diamond);
    expect(readySteps(diamond, machine)).toEqual(['a']);
    machine = finish(diamond, startStep(machine, 'a', at), 'a');
    expect(readySteps(diamond, machine)).toEqual(['b', 'c']);
    machine = finish(diamond, startStep(machine, 'b', at), 'b');
    expect(readySteps(diamond, machine)).toEqual(['c']);
  });

  it('succeeds only when every step was seen to be done', () => {
    const machine = play(diamond);
    expect(isOver(diamond, machine)).toBe(true);
    expect(outcomeOf(diamond, endMachine(machine))).toEqual({ outcome: 'succeeded', exceptions: [] });
  });

  it.each(['failed', 'unknown', 'drifted'] as const)('pauses when a step is %s, and is not over', (status) => {
    const machine = play(diamond, { b: status });
    expect(standingOfRun(diamond, machine)).toEqual({ status: 'paused', note: `b ${status}: ${status}` });
    expect(isOver(diamond, machine)).toBe(false);
    expect(readySteps(diamond, machine)).toEqual([]);
  });

  it('goes on after a retry', () => {
    const machine = takeSteer(play(diamond, { b: 'failed' }), { word: 'retry', step: 'b', by: 'ana', reason: null });
    expect(outcomeOf(diamond, endMachine(play(diamond, {}, machine))).outcome).toBe('succeeded');
  });

  it('stays held by a person although a retry ends the trouble', () => {
    const held = takeSteer(play(diamond, { b: 'failed' }), { word: 'pause', by: 'dov', reason: 'wait' });
    const retried = takeSteer(held, { word: 'retry', step: 'b', by: 'ana', reason: null });
    expect(standingOfRun(diamond, retried)).toEqual({ status: 'paused', note: 'paused by dov: wait' });
    expect(readySteps(diamond, takeSteer(retried, { word: 'resume', by: 'ana', reason: null }))).toEqual(['b']);
  });

  it('names what was skipped, and is no plain success', () => {
    const amendment = { kind: 'skip' as const, step: 'b', reason: 'checked by hand' };
    const skipped = takeSteer(play(diamond, { b: 'failed' }), { word: 'amend', amendment, by: 'ana' });
    expect(outcomeOf(diamond, endMachine(play(diamond, {}, skipped)))).toEqual({
      outcome: 'succeeded-with-exceptions',
      exceptions: ['b skipped: ana: checked by hand'],
    });
  });

  it('names every check that was carried although it did not pass', () => {
    const plan = planOf([plannedStep('a', { checks: [checkOf('unknown', { carry: 'ungraceful' })] })], {
      mode: 'ungraceful',
    });
    const { outcome, exceptions } = outcomeOf(plan, endMachine(play(plan)));
    expect(outcome).toBe('succeeded-with-exceptions');
    expect(exceptions).toEqual(['Step a: “replica lag” could not be read, and ana accepted that by going ungraceful']);
  });

  it('starts nothing more once aborted, but waits for what is under way', () => {
    const running = startStep(initialMachine(diamond), 'a', at);
    const aborted = takeSteer(running, { word: 'abort', by: 'ana', reason: null });
    expect(isOver(diamond, aborted)).toBe(false);
    const ended = finish(diamond, aborted, 'a');
    expect(isOver(diamond, ended)).toBe(true);
    const { outcome, exceptions } = outcomeOf(diamond, endMachine(ended));
    expect(outcome).toBe('aborted');
    expect(exceptions).toEqual(['b was not run', 'c was not run', 'd was not run']);
  });

  it.each(['aborted', 'ended'] as const)('tells nobody what to do next once it is %s', (over) => {
    const note = 'a: expected an answer. Found: none. Next: retry a.';
    const result = { step: 'a', attempt: 1, status: 'failed' as const, note, output: null, effectSent: false };
    const paused = takeResult(diamond, startStep(initialMachine(diamond), 'a', at), result, at);
    const abort = { word: 'abort', by: 'ana', reason: null } as const;
    const [a] = (over === 'ended' ? endMachine(paused) : takeSteer(paused, abort)).steps;
    expect(paused.steps[0]?.note).toBe(note);
    expect(a).toMatchObject({ status: 'failed', note: 'a: expected an answer. Found: none' });
  });

  it('runs the steps that always run, last and whatever happened', () => {
    const plan = planOf([
      plannedStep('a', { onFailure: 'stop' }),
      plannedStep('b', { needs: ['a'] }),
      plannedStep('z', { always: true }),
    ]);
    const machine = play(plan, { a: 'failed' });
    expect(machine.steps.map((step) => step.status)).toEqual(['failed', 'waiting', 'done']);
    expect(outcomeOf(plan, endMachine(machine)).outcome).toBe('failed');
    const aborted = takeSteer(initialMachine(plan), { word: 'abort', by: 'ana', reason: null });
    expect(readySteps(plan, aborted)).toEqual(['z']);
  });

  it('does not start what a failed step was needed for, even when failure may be passed over', () => {
    const plan = planOf([
      plannedStep('a', { onFailure: 'continue' }),
      plannedStep('b', { needs: ['a'] }),
      plannedStep('c'),
    ]);
    const machine = play(plan, { a: 'failed' });
    expect(machine.steps.map((step) => step.status)).toEqual(['failed', 'waiting', 'done']);
    expect(outcomeOf(plan, endMachine(machine)).outcome).toBe('failed');
  });

  it('takes no result twice, nor one of an earlier attempt', () => {
    const machine = finish(diamond, startStep(initialMachine(diamond), 'a', at), 'a');
    const late = { step: 'a', attempt: 1, status: 'failed' as const, note: null, output: null, effectSent: true };
    expect(takeResult(diamond, machine, late, at)).toBe(machine);
  });

  it('always comes to an end or waits for a person, and never succeeds past a step that was not done', () => {
    const status = fc.constantFrom('done', 'unchanged', 'deferred', 'failed', 'unknown', 'drifted') as fc.Arbitrary<
      AttemptResult['status']
    >;
    const onFailure = fc.constantFrom('pause', 'continue', 'stop') as fc.Arbitrary<'pause' | 'continue' | 'stop'>;
    const step = fc.record({ needs: fc.array(fc.nat(9), { maxLength: 3 }), status, onFailure, always: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (given) => {
        const plan = planOf(
          given.map(({ needs, onFailure, always }, i) =>
            plannedStep(`s${i}`, {
              onFailure,
              always,
              needs: always ? [] : [...new Set(needs.filter((n) => n < i && !given[n]?.always))].map((n) => `s${n}`),
            }),
          ),
        );
        const machine = play(plan, Object.fromEntries(given.map(({ status }, i) => [`s${i}`, status])));
        const paused = standingOfRun(plan, machine).status === 'paused';
        expect(paused || isOver(plan, machine)).toBe(true);
        if (paused) return;
        const ended = endMachine(machine);
        const { outcome } = outcomeOf(plan, ended);
        const allDone = ended.steps.every((state) => state.status === 'done' || state.status === 'unchanged');
        expect(outcome === 'succeeded').toBe(allDone);
      }),
      { numRuns: 500 },
    );
  });
});
