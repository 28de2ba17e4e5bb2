import type { Action, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput, World } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';

/** What a breach touches of the company that has one. */
export function breachEstate(): EstateInput {
  return exampleCloud('contractorlens', ['databases', 'connections', 'rds', 'ec2', 'iam', 'ssm', 'secrets']);
}

export const home = 'us-west-2';
export const instance = 'i-0c10ba5e00000001';

/** Sends an effect, and asks until it is over or an hour has gone. */
export async function carry(
  act: Action,
  input: JsonObject,
  ctx: StepContext,
): Promise<{ captured: JsonObject; receipt: JsonObject; seen: Observation }> {
  const captured = await act.capture(input, ctx);
  const receipt = await act.apply(input, 'token-1', captured, ctx);
  const until = ctx.clock.now().getTime() + 3_600_000;
  for (;;) {
    const seen = await act.observe(input, receipt, ctx);
    const waits = seen.state === 'working' || seen.state === 'unknown' ? (seen.againInMs ?? 15_000) : 0;
    if (waits === 0 || ctx.clock.now().getTime() > until) return { captured, receipt, seen };
    await ctx.clock.sleep(waits);
  }
}

/** Commands that reached the cloud and were accepted, in order. */
export function acceptedBy(world: World): string[] {
  return world.audit().effects.flatMap(({ accepted, command }) => (accepted ? [command] : []));
}
