import { describe, expect, it } from '@jest/globals';
import { leftStanding } from '../../src/domain/left-standing.ts';
import { canBeUndone } from '../../src/domain/undoable.ts';
import { plannedStep, planOf } from '../support/plans.ts';

const sent = (...ids: string[]) => ids.map((id) => ({ id, effectSent: true }));

describe('what a run leaves when it is given up', () => {
  const plan = planOf([
    plannedStep('stop', { title: 'The backend is stopped' }),
    plannedStep('restore', { keeps: true }),
  ]);

  it('is what was sent, and whether an undo puts it back', () => {
    const left = leftStanding(plan, [...sent('stop'), { id: 'restore', effectSent: false }]);
    expect(left).toEqual({ changed: ['stop (The backend is stopped)'], undoable: true });
    expect(leftStanding(plan, [{ id: 'stop', effectSent: false }])).toBeNull();
  });

  it('is not undone where all that it made stays', () => {
    expect(canBeUndone(plan, sent('restore'))).toBe(false);
    expect(canBeUndone(plan, sent('restore', 'stop'))).toBe(true);
  });
});
