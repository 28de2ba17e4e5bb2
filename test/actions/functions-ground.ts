import { afterEach } from '@jest/globals';
import type { Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { begin, type Ground, makeGround, watch } from './ground.ts';

type Functions = NonNullable<NonNullable<EstateInput['lambda']>['functions']>;
export type Since = NonNullable<Functions[number]['since']>;

export const home = { region: 'us-east-1' };
export const processor = { ...home, function: 'flightdata-processor' };
export const api = { ...home, function: 'flightdata-api' };
export const store = { bucket: 'flightdata-lambda-backups-us-west-2', bucket_region: 'us-west-2' };
export const folder = 'lambda-backups/20260301T030000Z-daily';

const grounds: Ground[] = [];

/** Closes each cloud once its test is over. */
export function closeGrounds(): void {
  afterEach(() => {
    for (const ground of grounds.splice(0)) ground.close();
  });
}

export async function functionsOn(estate: EstateInput): Promise<Ground> {
  const ground = await makeGround({ estate });
  grounds.push(ground);
  return ground;
}

/** The example's functions and buckets, as each function is changed. */
export async function example(
  change: (fn: Functions[number]) => Partial<Functions[number]> = () => ({}),
): Promise<Ground> {
  const { lambda, ...rest } = exampleCloud('flight-data', ['buckets', 'lambda']);
  const functions = lambda.functions.map((fn) => ({ ...fn, ...change(fn) }));
  return functionsOn({ ...rest, lambda: { ...lambda, functions } });
}

/** The last that was seen of it. */
export async function carryOut(ground: Ground, name: string, input: JsonObject): Promise<Observation | undefined> {
  const action = ground.action(name);
  return (await watch(action, input, await begin(action, input, ground), ground)).at(-1);
}

export async function checksOf(ground: Ground, name: string, input: JsonObject): Promise<Record<string, string>> {
  const { checks } = await ground.action(name).plan(input, ground.ctx());
  return Object.fromEntries(checks.map(({ id, verdict, found }) => [id, `${verdict}: ${found}`]));
}

export const commands = (ground: Ground) =>
  ground.world.audit().effects.map(({ command, target }) => `${command} ${target}`);
