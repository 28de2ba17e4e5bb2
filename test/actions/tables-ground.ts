import { afterEach, beforeEach } from '@jest/globals';
import type { ActionPlan, Check, Observation, StepContext } from '../../src/domain/action.ts';
import type { Json, JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, lookOn, makeGround } from './ground.ts';

export const main = { region: 'us-east-1', table: 'flightdata-main' };

export interface Tables extends Ground {
  /** Sends an effect and watches it to its end. */
  carryOut(name: string, input: JsonObject, ctx?: Partial<StepContext>): Promise<Observation>;
  /** The same, with its output; throws where it does not end well. */
  outputOf(name: string, input: JsonObject, ctx?: Partial<StepContext>): Promise<JsonObject>;
  watch(name: string, input: JsonObject, receipt: JsonObject | null, ctx?: Partial<StepContext>): Promise<Observation>;
}

/** Every action on the flight data tables, made anew for each test. */
export function groundOfTables(
  change: (estate: EstateInput) => EstateInput = (estate) => estate,
  sections: Parameters<typeof exampleCloud>[1] = ['dynamoDb'],
): () => Tables {
  let ground: Tables;
  beforeEach(async () => {
    ground = withHands(await makeGround({ estate: change(exampleCloud('flight-data', sections)) }));
  });
  afterEach(() => ground.close());
  return () => ground;
}

function withHands(ground: Ground): Tables {
  const watch: Tables['watch'] = async (name, input, receipt, changes) => {
    for (let looks = 0; looks < 1_000; looks += 1) {
      const seen = await lookOn(ground.action(name), input, receipt, ground.ctx(changes));
      if (seen.state !== 'working') return seen;
      await ground.clock.sleep(seen.againInMs);
    }
    throw new Error(`${name} does not end`);
  };
  let sent = 0;
  const carryOut: Tables['carryOut'] = async (name, input, changes) => {
    const act = ground.action(name);
    const captured = await act.capture(input, ground.ctx(changes));
    return watch(name, input, await act.apply(input, `token-${++sent}`, captured, ground.ctx(changes)), changes);
  };
  const outputOf: Tables['outputOf'] = async (name, input, changes) => {
    const seen = await carryOut(name, input, changes);
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    return seen.output;
  };
  return { ...ground, watch, carryOut, outputOf };
}

export function check(plan: ActionPlan, id: string): Check {
  const found = plan.checks.find((one) => one.id === id);
  if (!found) throw new Error(`no check ${id}`);
  return found;
}

export const arnOf = (table: string): string => `arn:aws:dynamodb:us-east-1:123456789012:table/${table}`;

/** A call of somebody else's, by way of no action. */
export function call({ world }: Ground, command: string, input: object, service = 'dynamodb', region = 'us-east-1') {
  return world.call({ service, region, command, input: input as Record<string, unknown> });
}

export function textOf(value: Json | undefined): string {
  if (typeof value === 'string') return value;
  throw new Error(`expected a text, found ${JSON.stringify(value)}`);
}

export async function policyOf(ground: Ground, table = main.table): Promise<{ Statement: JsonObject[] } | null> {
  const answer = await call(ground, 'GetResourcePolicy', { ResourceArn: arnOf(table) });
  return answer.ok ? (JSON.parse(String(answer.output.Policy)) as { Statement: JsonObject[] }) : null;
}

/** A statement that is somebody else's. */
export const own = (table = main.table): JsonObject => ({
  Sid: 'Auditors',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::210987654321:root' },
  Action: 'dynamodb:GetItem',
  Resource: [arnOf(table), `${arnOf(table)}/index/by-flight`],
});

export function putPolicy(ground: Ground, statements: JsonObject[], table = main.table) {
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return call(ground, 'PutResourcePolicy', { ResourceArn: arnOf(table), Policy });
}
