import { describe, expect, it } from '@jest/globals';
import { contradictions, netContradictions, sayContradictions } from '../../src/domain/contradictions.ts';
import type { StepStatus } from '../../src/domain/run.ts';
import { plannedStep, planOf } from '../support/plans.ts';

const fence = plannedStep('fence', {
  target: { region: 'us-east-1', resource: 'ecs:prod-cluster/app' },
  before: { desired: 4, running: 4, autoscaling: '2 to 20', standing: 'more than asked' },
  after: {
    desired: 0,
    running: 0,
    autoscaling: '0 to 0, suspended: in, out, scheduled',
    asked: 0,
    standing: 'as asked',
  },
});
const promote = plannedStep('promote', {
  risk: 'irreversible',
  target: { region: 'us-west-2', resource: 'rds:dr-database' },
  before: { instance: 'dr-database', role: 'replica', source: 'arn:x', status: 'available', endpoint: 'dr:5432' },
  after: { instance: 'dr-database', role: 'standalone', source: null, status: 'available', backup_days: 1 },
});
const check = plannedStep('check', { risk: 'read', before: {}, after: { healthy: 4 } });
const plan = planOf([fence, promote, check]);
const ended = (id: string, status: StepStatus = 'done', effectSent = true) => ({ id, status, effectSent });

describe('what a run has left changed', () => {
  it('is each field that infrastructure has, before and after, a line for each resource', () => {
    const left = contradictions(plan, [ended('fence'), ended('promote'), ended('check')]);
    expect(sayContradictions(left)).toEqual([
      'ecs:prod-cluster/app in us-east-1: desired 4 → 0, autoscaling 2 to 20 → 0 to 0, suspended: in, out, scheduled',
      'rds:dr-database in us-west-2: role replica → standalone, source arn:x → none, backup_days → 1',
    ]);
  });

  it('leaves out what was never sent, and marks what was sent and not seen', () => {
    const left = contradictions(plan, [ended('fence', 'skipped', false), ended('promote', 'unknown')]);
    expect(left.map(({ step, seen }) => [step, seen])).toEqual([
      ['promote', false],
      ['promote', false],
      ['promote', false],
    ]);
    expect(sayContradictions(left)[0]).toContain('role replica → standalone (not seen)');
    expect(contradictions(plan, [ended('fence', 'unchanged', false)])).toEqual([]);
  });

  it('takes what was read just before the effect for truer than the plan', () => {
    const captured = { fence: { at: '2026-03-01T14:00:00Z', count: 7, autoscaling: { min: 2, max: 20 } } };
    const [desired, autoscaling] = contradictions(plan, [ended('fence')], captured);
    expect(desired).toMatchObject({ field: 'desired', before: 7, after: 0 });
    expect(autoscaling).toMatchObject({ field: 'autoscaling', before: '2 to 20' });
  });

  it('is nothing once another run has put it back', () => {
    const undo = planOf([{ ...fence, before: fence.after, after: fence.before }]);
    const there = contradictions(plan, [ended('fence'), ended('promote')]);
    const back = contradictions(undo, [ended('fence')]);
    expect(sayContradictions(netContradictions([...there, ...back]))).toEqual([
      'rds:dr-database in us-west-2: role replica → standalone, source arn:x → none, backup_days → 1',
    ]);
    const unseen = contradictions(undo, [ended('fence', 'unknown')]);
    expect(sayContradictions(netContradictions([...there, ...unseen]))[0]).toContain('(not seen)');
  });
});
