import { describe, expect, it } from '@jest/globals';
import { contradictions, netContradictions, sayContradictions } from '../../src/domain/contradictions.ts';
import type { JsonObject } from '../../src/domain/json.ts';
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
    const captured = { at: '2026-03-01T14:00:00Z', count: 7, autoscaling: { min: 2, max: 20 } };
    const old = { captured, target: null, before: null, after: null, output: null };
    const [desired, autoscaling] = contradictions(plan, [ended('fence')], { fence: old });
    expect(desired).toMatchObject({ field: 'desired', before: 7, after: 0 });
    expect(autoscaling).toMatchObject({ field: 'autoscaling', before: '2 to 20' });
  });

  it('is of the state just before the effect, and of what it then meant: not of the plan', () => {
    const start = plannedStep('start', { target: fence.target, before: fence.before, after: fence.before });
    const sent = (before: JsonObject, after: JsonObject) => ({
      captured: {},
      target: fence.target,
      before,
      after,
      output: null,
    });
    const both = contradictions(planOf([fence, start]), [ended('fence'), ended('start')], {
      fence: sent(fence.before, fence.after),
      start: sent(fence.after, fence.before),
    });
    expect(netContradictions(both)).toEqual([]);
    const later = plannedStep('pointer', { target: null, before: {}, after: {} });
    const target = { region: 'us-east-1', resource: 'ssm:/tables/main' };
    const moved = { captured: {}, target, before: { value: 'main' }, after: { value: 'main-2' }, output: null };
    expect(sayContradictions(contradictions(planOf([later]), [ended('pointer')], { pointer: moved }))).toEqual([
      'ssm:/tables/main in us-east-1: value main → main-2',
    ]);
  });

  it('is told of what has a name now, though it had another, and never by a placeholder', () => {
    const at = (resource: string) => ({ region: 'us-east-1', resource });
    const cut = plannedStep('cut', {
      uses: 'rds.fence',
      target: at('rds:db'),
      before: { groups: ['a'] },
      after: { groups: ['f'] },
    });
    const restore = plannedStep('restore', {
      uses: 'rds.restore-to-time',
      target: at('rds:db-restored'),
      after: { name: 'db-restored-RUN' },
    });
    const kept = plannedStep('kept', {
      uses: 'rds.create-snapshot',
      target: at('rds:snapshot/db-kept'),
      after: { name: 'db-kept-RUN' },
    });
    const swap = plannedStep('swap', { uses: 'rds.swap-identifier', target: at('rds:db') });
    const plan = planOf([cut, restore, kept, swap]);
    const states = ['cut', 'restore', 'kept', 'swap'].map((id) => ended(id));
    const none = { captured: {}, target: null, before: null, after: null, output: null };
    const sent = {
      restore: { ...none, output: { instance: 'db-restored-3k9x' } },
      swap: { ...none, after: { held_by: 'db-restored-3k9x', aside: 'db-damaged-3k9x' } },
    };
    const there = contradictions(plan, states, sent);
    expect(sayContradictions(netContradictions(there))).toEqual([
      'rds:db-damaged-3k9x in us-east-1: groups ["a"] → ["f"], was called rds:db',
      'rds:db in us-east-1: new, was called rds:db-restored-3k9x',
    ]);
    const undone = { swap: { ...none, after: { held_by: 'db-damaged-3k9x', aside: 'db-restored-3k9x' } } };
    const uncut = { ...cut, before: cut.after, after: cut.before };
    const back = contradictions(planOf([swap, uncut]), [ended('swap'), ended('cut')], undone);
    const gone = plannedStep('gone', { uses: 'rds.delete-instance', target: at('rds:db-restored-3k9x') });
    expect(sayContradictions(netContradictions([...there, ...back]))).toEqual([
      'rds:db-restored-3k9x in us-east-1: new',
    ]);
    const deleted = contradictions(planOf([gone]), [ended('gone')]);
    expect(netContradictions([...there, ...back, ...deleted])).toEqual([]);
    expect(sayContradictions(netContradictions(deleted))).toEqual(['rds:db-restored-3k9x in us-east-1: deleted']);
  });

  it('names what was to be made by the name that its run gave it, though nobody saw what became of it', () => {
    const restore = (uses: string, resource: string) =>
      plannedStep('restore', { uses, target: { region: 'us-east-1', resource }, after: { name: 'db-restored-RUN' } });
    const sent = { captured: {}, target: null, before: null, after: null, output: null };
    const lost = (step: ReturnType<typeof plannedStep>, over: object) =>
      sayContradictions(
        contradictions(planOf([step]), [ended('restore', 'failed')], { restore: { ...sent, ...over } }),
      );
    expect(lost(restore('rds.restore-to-time', 'rds:db-restored'), { after: { name: 'db-restored-3k9x' } })).toEqual([
      'rds:db-restored-3k9x in us-east-1: new (not seen)',
    ]);
    expect(
      lost(restore('dynamodb.restore-to-time', 'dynamodb:main-restored'), {
        captured: { table: 'main-restored-3k9x' },
      }),
    ).toEqual(['dynamodb:main-restored-3k9x in us-east-1: new (not seen)']);
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
