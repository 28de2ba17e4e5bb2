import { expect, it } from '@jest/globals';
import type { PlannedStep } from '../../../src/domain/plan.ts';
import { explain } from '../../../src/recovery/run/explain.ts';
import { plannedStep } from '../../support/plans.ts';

function nextOf(step: Partial<PlannedStep>, ended: { status: 'failed' | 'unknown'; effectSent: boolean }): string {
  const approved = plannedStep('restore', step);
  const { note } = explain({ approved, byGuard: false }, { note: 'it is failed', output: null, ...ended });
  return note?.split(' Next: ')[1] ?? '';
}

it('says of what was sent once and has failed that a new run sends it anew', () => {
  expect(nextOf({ kind: 'once' }, { status: 'failed', effectSent: true })).toBe(
    'look at it yourself, mend what stands in its way, then retry restore; where it has failed for good, abort and plan ' +
      'again: a new run sends it anew. What was sent is looked up first and never sent twice.',
  );
});

it.each([
  ['of which nothing is known', { kind: 'once' }, { status: 'unknown', effectSent: true }],
  ['that was never sent', { kind: 'once' }, { status: 'failed', effectSent: false }],
  ['that may be sent again', { kind: 'converge' }, { status: 'failed', effectSent: true }],
] as const)('tells nobody to abort an effect %s', (_what, step, ended) => {
  expect(nextOf(step, ended)).toMatch(/then retry restore\./);
  expect(nextOf(step, ended)).not.toContain('abort');
});

it('says of a check that failed that a retry finds the same until something is mended', () => {
  expect(nextOf({ kind: 'read', target: null }, { status: 'failed', effectSent: false })).toBe(
    'mend what it looks at, then retry restore; where that cannot be mended, abort and plan again with other values.',
  );
});
