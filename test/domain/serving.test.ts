import { describe, expect, it } from '@jest/globals';
import type { StepStatus } from '../../src/domain/run.ts';
import { isCheckedNext, isServingSeen } from '../../src/domain/serving.ts';
import { plannedStep } from '../support/plans.ts';

const planned = [
  plannedStep('healthy', { risk: 'read' }),
  plannedStep('traffic', { traffic: 'latching', needs: ['healthy'] }),
  plannedStep('settle', { needs: ['traffic'] }),
  plannedStep('serving', { risk: 'read', needs: ['settle'] }),
];
const withSteps = (traffic: StepStatus, serving: StepStatus) => [
  { id: 'healthy', status: 'done' as const },
  { id: 'traffic', status: traffic },
  { id: 'settle', status: 'done' as const },
  { id: 'serving', status: serving },
];

describe('people whose traffic was moved', () => {
  it.each<[StepStatus, boolean, boolean]>([
    ['waiting', true, false],
    ['running', true, false],
    ['failed', true, false],
    ['done', false, true],
    ['unchanged', false, true],
    ['skipped', false, false],
    ['not-run', false, false],
  ])('are known to be served when the check behind it has passed: %s', (status, next, served) => {
    expect(isCheckedNext(planned, withSteps('done', status))).toBe(next);
    expect(isServingSeen(planned, withSteps('done', status))).toBe(served);
  });

  it('are not looked at by a check that came before it', () => {
    const blind = planned.slice(0, 2);
    expect(isCheckedNext(blind, [{ id: 'healthy', status: 'waiting' }])).toBe(false);
    expect(isServingSeen(blind, [])).toBe(true);
  });
});
