import { createAws, type SentCommand } from '../../src/actions/kit/aws.ts';
import { guardPrograms } from '../../src/actions/programs/guard.ts';
import { createActions } from '../../src/actions/registry.ts';
import type { Action, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Clock } from '../../src/domain/ports/clock.ts';
import {
  createWorld,
  type EstateInput,
  type Send,
  simulatedCredentials,
  simulatedPlugin,
  simulatedProbes,
  type World,
} from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { testHome } from '../support/home-folder.ts';

/** A clock that jumps: sleeping costs nothing, and time moves only by it. */
export function jumpingClock(from = '2026-03-01T12:00:00Z'): Clock {
  let at = new Date(from).getTime();
  return {
    scale: 1_000,
    now: () => new Date(at),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      at += ms;
    },
  };
}

export interface Ground {
  world: World;
  clock: Clock;
  sent: SentCommand[];
  action(name: string): Action;
  ctx(changes?: Partial<StepContext>): StepContext;
  close(): void;
}

/** Every action, bound to a simulated cloud that has been running for ten minutes. */
export async function makeGround(
  options: {
    estate?: EstateInput;
    beforeEffect?: () => Promise<void>;
    account?: string;
    /** What stands between the actions and the cloud. */
    through?: (send: Send) => Send;
  } = {},
): Promise<Ground> {
  const clock = jumpingClock();
  const world = createWorld({ clock, estate: options.estate ?? exampleCloud('acme') });
  await clock.sleep(10 * 60_000);
  const { through = (send) => send } = options;
  const send = through((call) => world.call(call));
  const sent: SentCommand[] = [];
  const aws = createAws({
    clock,
    plugins: [simulatedPlugin(send)],
    credentials: () => simulatedCredentials,
    beforeEffect: options.beforeEffect ?? (async () => {}),
    onSend: (command) => sent.push(command),
    ...(options.account === undefined ? {} : { account: options.account }),
  });
  const probes = guardPrograms(simulatedProbes(send), options.beforeEffect ?? (async () => {}));
  const actions = createActions({ aws, home: testHome, ...probes });
  return {
    world,
    clock,
    sent,
    close: () => aws.close(),
    action(name) {
      const action = actions.get(name);
      if (!action) throw new Error(`no action ${name}`);
      return action;
    },
    ctx: (changes) => ({
      clock,
      signal: new AbortController().signal,
      mode: 'graceful',
      purpose: 'run',
      regions: { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' },
      impactBeganAt: clock.now(),
      owner: 'run_1/step',
      ...changes,
    }),
  };
}

/** Looks as a run does: what the look calls due is sent. */
export async function lookOn(
  action: Action,
  input: JsonObject,
  receipt: JsonObject | null,
  ctx: StepContext,
): Promise<Observation> {
  const seen = await action.observe(input, receipt, ctx);
  if (seen.state !== 'working' || seen.due === undefined || receipt === null || !action.advance) return seen;
  return action.advance(input, receipt, ctx).then(
    () => seen,
    (error: Error): Observation => ({ state: 'unknown', why: error.message, againInMs: seen.againInMs }),
  );
}

/** Sends an effect; answers with its receipt. */
export async function begin(action: Action, input: JsonObject, ground: Ground): Promise<JsonObject> {
  return action.apply(input, 'token', await action.capture(input, ground.ctx()), ground.ctx());
}

/** What was seen of it, look by look, until it is over or `most` looks have gone. */
export async function watch(
  action: Action,
  input: JsonObject,
  receipt: JsonObject,
  ground: Ground,
  most = 200,
): Promise<Observation[]> {
  const seen: Observation[] = [];
  while (seen.length < most) {
    const now = await lookOn(action, input, receipt, ground.ctx());
    seen.push(now);
    if (now.state !== 'working') return seen;
    await ground.clock.sleep(now.againInMs);
  }
  return seen;
}
