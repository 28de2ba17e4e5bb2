import { describe, expect, it } from '@jest/globals';
import { presentPlan } from '../../src/cli/present/plan.ts';
import type { Wire } from '../../src/cli/wire.ts';
import type { PlanMade } from '../../src/recovery/recovery.ts';
import { plan } from './fixtures.ts';

const shown = (change: Partial<PlanMade> = {}) =>
  presentPlan({ plan, verdict: 'ready', problems: [], ...change } as Wire<PlanMade>);

describe('a plan as text', () => {
  it.each([
    ['what it is', 'failover: Fail over to the standby Region  INC-7  code A1B2C3'],
    ['the verdict', 'Verdict: ready to be asked for'],
    ['where and with what', 'Mode: graceful  active us-east-1, standby us-west-2  tasks=10'],
    ['where it lands, before and after', 'ecs:dr-cluster/app-service in us-west-2: count 2 → 10'],
    ['what is known later', 'role replica → primary, address known after scale'],
    ['what changes nothing', 'no change: it is already so'],
    ['what only reads', 'reads only'],
    ['checks', 'pass  replica/lag  Replication lag: expected at most 15m, found 3 s'],
    ['a fence that waits', 'fence  deferred: its state cannot be read'],
    ['what cannot be undone', 'promote  cannot be undone: build a replica the other way'],
    ['a control plane', 'promote  us-west-2'],
    ['data at risk', 'replica  3 s  the replica was 3 s behind at 14:04'],
    ['the critical path', 'Critical path 8m 40s: replica → fence → promote → ready'],
    ['time left', 'RTO left 55m'],
    ['the point of no return', 'Point of no return: promote'],
    ['what to do', 'To run it: type FAILOVER; 1 other person approves.'],
  ])('has %s', (_what, text) => {
    expect(shown()).toContain(text);
  });

  it('does not say how to run what is blocked', () => {
    const problems = [{ check: 'replica/lag', sentence: 'The lag is 2 h.', carry: 'never' as const }];
    const text = shown({ verdict: 'blocked', problems });
    expect(text).toContain('replica/lag (nobody may carry this)\n    The lag is 2 h.');
    expect(text).not.toContain('To run it');
  });

  it('says when the path is longer than the time that is left, or the time is over', () => {
    expect(shown({ plan: { ...plan, rtoLeftMs: 60_000 } })).toContain('RTO left 1m: this would be over by 7m 40s');
    expect(shown({ plan: { ...plan, rtoLeftMs: -60_000 } })).toContain(
      'The RTO passed 1m ago: this would be over by 9m 40s',
    );
  });

  it('counts an undo against no objective, and names what it leaves', () => {
    const left = ['restore (Restored), rds:db-restored-3k9x in us-east-1: delete it by hand once nobody needs it.'];
    const text = shown({ plan: { ...plan, purpose: 'undo', undoes: 'run_1', rtoLeftMs: null, left } });
    expect(text).not.toContain('RTO');
    expect(text).toContain(`Left as it is\n  ${left[0]}`);
  });

  it('shows data at risk that could not be read as unknown', () => {
    const [first, ...rest] = plan.steps;
    if (first === undefined) throw new Error('the plan has steps');
    const steps = [{ ...first, dataAtRisk: { seconds: null, explain: 'the lag could not be read' } }, ...rest];
    expect(shown({ plan: { ...plan, steps } })).toContain('replica  unknown  the lag could not be read');
  });
});
