import { describe, expect, it } from '@jest/globals';
import { verdictOf } from '../../src/domain/verdict.ts';
import { digestOf } from '../../src/recovery/plan/digest.ts';
import { checkOf, plannedStep, planOf } from '../support/plans.ts';

const plan = planOf([
  plannedStep('scale'),
  plannedStep('promote', { uses: 'rds.promote-read-replica', risk: 'irreversible' }),
]);
const { digest, code } = digestOf(plan);

describe('what people consent to', () => {
  it('has a six-character code that nobody misreads', () => {
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
  });

  it('does not move with readings, estimates and times', () => {
    const later = planOf(
      plan.steps.map((step) => ({ ...step, estimateMs: 5, title: 'other words' })),
      {
        madeAt: '2026-03-01T14:29:00.000Z',
        rtoLeftMs: 1,
        criticalPathMs: 9,
        id: 'plan_2',
        requestedBy: 'ben',
      },
    );
    expect(digestOf(later).digest).toBe(digest);
    const read = planOf([plannedStep('scale', { before: { count: 1, running: 7 } }), ...plan.steps.slice(1)]);
    expect(digestOf(read).digest).toBe(digest);
  });

  it.each([
    ['an input', planOf(plan.steps, { inputs: { tasks: 11 } })],
    ['the mode', planOf(plan.steps, { mode: 'ungraceful' })],
    ['the direction', planOf(plan.steps, { regions: { ...plan.regions, active: 'us-west-2', standby: 'us-east-1' } })],
    [
      'a target',
      planOf([plannedStep('scale', { target: { region: 'us-east-1', resource: 'ecs:x/y' } }), ...plan.steps.slice(1)]),
    ],
    ['a binding before', planOf([plannedStep('scale', { before: { count: 2 } }), ...plan.steps.slice(1)])],
    ['a binding after', planOf([plannedStep('scale', { after: { count: 11 } }), ...plan.steps.slice(1)])],
    ['a verdict', planOf([plannedStep('scale', { checks: [checkOf('unknown')] }), ...plan.steps.slice(1)])],
    ['an action version', planOf([plannedStep('scale', { version: 2 }), ...plan.steps.slice(1)])],
    [
      'a carried unknown',
      planOf(plan.steps, { acceptances: [{ check: 'scale/quota', reason: 'known high', by: 'ana' }] }),
    ],
    ['a step left out', planOf(plan.steps.slice(1))],
  ])('moves with %s', (_, changed) => {
    expect(digestOf(changed).digest).not.toBe(digest);
  });

  it('moves with an amendment', () => {
    expect(digestOf(plan, { kind: 'skip', step: 'scale', reason: 'by hand' }).code).not.toBe(code);
  });
});

describe('a verdict', () => {
  const withCheck = (check: ReturnType<typeof checkOf>, over = {}) =>
    planOf([plannedStep('replica', { checks: [check] })], over);

  it('is ready when every check passes', () => {
    expect(verdictOf(withCheck(checkOf('pass')))).toEqual({ verdict: 'ready', problems: [] });
  });

  it.each(['fail', 'unknown'] as const)('is blocked by a check that is %s and nobody may carry', (verdict) => {
    expect(verdictOf(withCheck(checkOf(verdict))).verdict).toBe('blocked');
  });

  it('says that only an ungraceful run may go on, and lets it', () => {
    const check = checkOf('unknown', { carry: 'ungraceful' });
    expect(verdictOf(withCheck(check)).problems[0]?.sentence).toContain('Only an ungraceful run may go on');
    expect(verdictOf(withCheck(check, { mode: 'ungraceful' })).verdict).toBe('ready');
  });

  it('waits for a reason where a person may carry the unknown, but never for a failure', () => {
    const unknown = withCheck(checkOf('unknown', { carry: 'with-reason' }));
    expect(verdictOf(unknown).verdict).toBe('needs-acceptance');
    const carried = { ...unknown, acceptances: [{ check: 'replica/lag', reason: 'seen on the dashboard', by: 'ana' }] };
    expect(verdictOf(carried).verdict).toBe('ready');
    const failed = verdictOf(withCheck(checkOf('fail', { carry: 'with-reason' })));
    expect(failed).toMatchObject({ verdict: 'blocked', problems: [{ carry: 'never' }] });
  });
});
