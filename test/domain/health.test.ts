import { describe, expect, it } from '@jest/globals';
import { type HealthStep, seeHealth } from '../../src/domain/health.ts';
import type { PlannedStep } from '../../src/domain/plan.ts';
import { hasRestored, pairSteps } from '../../src/domain/restored.ts';
import type { StepStatus } from '../../src/domain/run.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { runOf, stateOf } from '../support/rows.ts';

const minute = (at: number): string => new Date(Date.UTC(2026, 2, 1, 14, at)).toISOString();
const check = (id: string, over: Partial<PlannedStep> = {}): PlannedStep =>
  plannedStep(id, { uses: 'http.check', kind: 'read', risk: 'read', ...over });
const ended = (planned: PlannedStep, from: number, to: number, status: StepStatus = 'done'): HealthStep => ({
  planned,
  state: stateOf(planned.id, { status, startedAt: minute(from), endedAt: minute(to) }),
});

const pointer = ended(plannedStep('pointer'), 0, 5);
const serving = ended(check('serving', { needs: ['pointer'] }), 5, 6);

describe('health after a run', () => {
  it('is seen by a check that its command lets go ahead beside an effect', () => {
    const beside = ended(plannedStep('ingesting', { needs: ['pointer'] }), 5, 9);
    expect(seeHealth('back', [pointer, serving, beside])).toEqual({
      seen: true,
      step: 'serving',
      at: new Date(minute(6)),
    });
  });

  it('is not seen before an effect of the same service that waits for the check', () => {
    const later = (service: string) => ended(plannedStep('down', { needs: ['serving'], services: [service] }), 6, 9);
    expect(seeHealth('back', [pointer, serving, later('web')])).toMatchObject({ seen: true });
    expect(seeHealth('back', [pointer, serving, later('api')])).toEqual({
      seen: false,
      why: 'health was not observed after down: back has no check that passed then',
    });
  });

  it('is not seen by a check before all effects, nor where another one saw otherwise', () => {
    const first = ended(check('first'), 0, 1);
    expect(seeHealth('back', [first, ended(plannedStep('pointer'), 1, 5)])).toMatchObject({ seen: false });
    const lost = ended(check('lost', { needs: ['serving'] }), 6, 7, 'failed');
    expect(seeHealth('back', [pointer, serving, lost])).toMatchObject({ seen: false });
  });

  it.each<[string, { commandPurpose?: 'recovery' | 'routine' }, 'run' | 'undo', boolean]>([
    ['a recovery', { commandPurpose: 'recovery' }, 'run', true],
    ['what an earlier version has planned', {}, 'run', true],
    ['a routine', { commandPurpose: 'routine' }, 'run', false],
    ['an undo', {}, 'undo', false],
  ])('restores by %s: %j', (_, of, purpose, restored) => {
    const all = [pointer, serving];
    const plan = planOf(
      all.map(({ planned }) => plannedStep(planned.id, planned)),
      of,
    );
    const steps = all.map(({ planned, state }) => stateOf(planned.id, state));
    const run = runOf(plan, new Date(minute(0)), { purpose, outcome: 'succeeded' });
    expect(hasRestored({ run, plan, steps })).toBe(restored);
    expect(pairSteps(plan.steps, steps)).toHaveLength(2);
  });
});
