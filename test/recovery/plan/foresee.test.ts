import { describe, expect, it } from '@jest/globals';
import type { Action } from '../../../src/domain/action.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import { planForeseeing } from '../../../src/recovery/plan/foresee.ts';
import { type EvaluatedStep, planStep } from '../../../src/recovery/plan/plan-step.ts';

const pointed = { value: 'flights-restored' };

function action(kind: 'read' | 'converge', foreseen?: JsonObject): Action {
  return {
    name: kind,
    kind,
    risk: kind === 'read' ? 'read' : 'reversible',
    summary: kind,
    binds: [],
    defaultTimeout: '5m',
    undo: { possible: true, how: '' },
    plane: { kind: 'data' },
    plan: async (input: JsonObject) => ({
      target: null,
      before: input,
      after: input,
      noChange: false,
      checks: [],
      estimateMs: 1,
      ...(foreseen && { foreseen }),
    }),
  } as unknown as Action;
}

function step(id: string, uses: Action, needs: string[], values: JsonObject = {}): EvaluatedStep {
  const written = { id, uses: uses.name, with: values, needs, fence: false, always: false, timeout: '5m' } as const;
  const later = Object.keys(values).length > 0 ? { table: ['pointer'] } : {};
  return { step: { ...written, on_failure: 'pause' }, action: uses, input: {}, later, services: [] } as EvaluatedStep;
}

const reads = { table: '${{ steps.pointer.output.value }}' };
const clock = { now: () => new Date('2026-03-01T12:00:00Z'), sleep: async () => {}, scale: 1 };
const ctx = {
  clock,
  signal: new AbortController().signal,
  mode: 'graceful',
  purpose: 'plan',
  owner: 'plan_1',
} as const;
const regions = { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' };
const plan = (steps: EvaluatedStep[]) => planForeseeing(steps, {}, (one) => planStep(one, { ...ctx, regions }));

describe('a step that reads what another foresees', () => {
  it('is planned with it, and waits for nothing', async () => {
    const [, fence] = await plan([
      step('pointer', action('read', pointed), []),
      step('fence', action('converge'), ['pointer'], reads),
    ]);
    expect(fence).toMatchObject({
      input: { table: 'flights-restored' },
      later: {},
      before: { table: 'flights-restored' },
    });
  });

  it('waits for it where an effect comes before the reading, or where nothing is foreseen', async () => {
    const moved = await plan([
      step('move', action('converge'), []),
      step('pointer', action('read', pointed), ['move']),
      step('fence', action('converge'), ['pointer'], reads),
    ]);
    const silent = await plan([
      step('pointer', action('read'), []),
      step('fence', action('converge'), ['pointer'], reads),
    ]);
    for (const steps of [moved, silent])
      expect(steps.at(-1)).toMatchObject({ input: {}, later: { table: ['pointer'] } });
  });
});
