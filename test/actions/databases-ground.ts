import { afterEach, beforeEach } from '@jest/globals';
import type { ActionPlan, Check, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

export const database = { region: 'us-west-2', instance: 'contractorlens-db' };
export const elsewhere = { region: 'us-east-1', instance: 'contractorlens-db' };
/** The snapshot that the example's database has in its own Region. */
export const original = 'arn:aws:rds:us-west-2:123456789012:snapshot:contractorlens-snapshot';
export const settings = {
  security_groups: ['sg-0c10dbdr'],
  subnet_group: 'contractorlens-private',
  parameter_group: 'contractorlens-postgres16',
};

export const databases = (): EstateInput => exampleCloud('contractorlens', ['databases', 'rds']);

let ground: Ground;

/** A database with its snapshots, made anew for each test. */
export function groundOfDatabases(): () => Ground {
  beforeEach(async () => {
    ground = await makeGround({ estate: databases() });
  });
  afterEach(() => ground.close());
  return () => ground;
}

/** Goes on with another cloud. */
export async function on(changed: EstateInput): Promise<void> {
  ground.close();
  ground = await makeGround({ estate: changed });
}

export function check(plan: ActionPlan, id: string): Check {
  const found = plan.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id} among ${plan.checks.map((one) => one.id).join(', ')}`);
  return found;
}

export const plan = (name: string, input: JsonObject, ctx: Partial<StepContext> = {}): Promise<ActionPlan> =>
  ground.action(name).plan(input, ground.ctx(ctx));
export const seen = (name: string, input: JsonObject, receipt: JsonObject | null = null): Promise<Observation> =>
  ground.action(name).observe(input, receipt, ground.ctx());

export async function send(name: string, input: JsonObject, ctx: Partial<StepContext> = {}) {
  const action = ground.action(name);
  const captured = await action.capture(input, ground.ctx(ctx));
  return { captured, receipt: await action.apply(input, 'token', captured, ground.ctx(ctx)) };
}

export const effects = (): string[] =>
  ground.world.audit().effects.flatMap(({ accepted, command, target }) => (accepted ? [`${command} ${target}`] : []));
