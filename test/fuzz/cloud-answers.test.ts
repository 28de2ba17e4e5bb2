import { afterAll, beforeAll, describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { Action } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Send } from '../../src/sim/index.ts';
import { type Case, effects, readings } from '../actions/cases.ts';
import { type Ground, lookOn, makeGround } from '../actions/ground.ts';
import { type Harm, harm, harms } from './harm.ts';
import { runs } from './material.ts';
import { insideOf } from './sentence.ts';

/** How often each question of each action is answered with something that is not as it was. */
const times = 10;

interface Stage {
  ground: Ground;
  ctx: () => ReturnType<Ground['ctx']>;
  action: Action;
  /** Asks while the nth answer comes harmed; none where it is null. */
  asking<T>(done: Blow | null, work: () => Promise<T>): Promise<T>;
  /** How many answers came since it was last asked. */
  answered(): number;
}

type Blow = Harm & { nth: number };

async function makeStage(of: Case): Promise<Stage> {
  let present: Blow | null = null;
  let answered = 0;
  const through =
    (send: Send): Send =>
    async (call) => {
      const answer = await send(call);
      answered += 1;
      if (!answer.ok || present?.nth !== answered) return answer;
      return { ok: true, output: harm(answer.output, present) };
    };
  const estate = of.estate?.();
  const ground = await makeGround({ ...(estate ? { estate } : {}), through });
  return {
    ground,
    ctx: () => ground.ctx({ ...of.ctx }),
    action: ground.action(of.action),
    answered: () => answered,
    async asking(done, work) {
      answered = 0;
      present = done;
      try {
        return await work();
      } finally {
        present = null;
      }
    },
  };
}

const how = fc.record({ ...harms, nth: fc.nat(100) });

/** What came of asking; what was thrown is what people would read. */
async function tell<T>(work: () => Promise<T>): Promise<T | { threw: string }> {
  return work().catch((error: unknown) => ({ threw: error instanceof Error ? error.message : String(error) }));
}

/** Asks again and again with answers that are harmed each time in another way; `amiss` says what must not come of it. */
async function harmed<T>(stage: Stage, work: () => Promise<T>, amiss: (came: T) => string | null): Promise<void> {
  await tell(() => stage.asking(null, work));
  const answers = stage.answered();
  if (answers === 0) return;
  await fc.assert(
    fc.asyncProperty(how, async (done) => {
      const came = await tell(() => stage.asking({ ...done, nth: 1 + (done.nth % answers) }, work));
      const inside = insideOf(JSON.stringify(came));
      if (inside !== null) throw new Error(`holds ${inside}: ${JSON.stringify(came).slice(0, 600)}`);
      if (typeof came === 'object' && came !== null && 'threw' in came) return;
      const fault = amiss(came as T);
      if (fault !== null) throw new Error(`${fault}: ${JSON.stringify(came).slice(0, 600)}`);
    }),
    runs(times),
  );
}

async function isHonest(stage: Stage, input: JsonObject, receipt: JsonObject | null): Promise<void> {
  const { action, ctx } = stage;
  const truth = await action.observe(input, receipt, ctx());
  await harmed(
    stage,
    () => action.observe(input, receipt, ctx()),
    (seen) => (seen.state === 'done' && truth.state !== 'done' ? `done while ${truth.state}` : null),
  );
}

async function plansHonestly(stage: Stage, input: JsonObject): Promise<void> {
  const { action, ctx } = stage;
  const truth = await action.plan(input, ctx());
  const passes = new Set(truth.checks.flatMap(({ id, verdict }) => (verdict === 'pass' ? [id] : [])));
  await harmed(
    stage,
    () => action.plan(input, ctx()),
    ({ noChange, checks }) => {
      if (noChange && !truth.noChange) return 'nothing to change, though there is';
      const claimed = checks.find(({ id, verdict }) => verdict === 'pass' && !passes.has(id));
      return claimed && truth.checks.some(({ id }) => id === claimed.id)
        ? `passes ${claimed.id}, though it does not`
        : null;
    },
  );
}

const named = (cases: readonly Case[]): [string, Case][] =>
  cases.map((one, at) => [
    `${one.action} ${cases.slice(0, at).filter(({ action }) => action === one.action).length + 1}`,
    one,
  ]);

describe.each(named(effects))('%s', (_name, one) => {
  const { input } = one;
  let stage: Stage;
  beforeAll(async () => {
    stage = await makeStage(one);
  });
  afterAll(() => stage.ground.close());

  it('claims nothing that an answer without a part, or with another in its place, does not show', async () => {
    const { action, ctx, ground } = stage;
    await plansHonestly(stage, input);
    const captured = await action.capture(input, ctx());
    const lookup = () => action.lookup(input, 'token-1', captured, ctx());
    const before = await lookup();
    await harmed(stage, lookup, ({ happened }) =>
      happened === true && before.happened !== true ? 'not sent yet' : null,
    );
    const receipt = await action.apply(input, 'token-1', captured, ctx());
    await isHonest(stage, input, receipt);
    for (let look = 0; look < 4; look += 1) {
      const seen = await lookOn(action, input, receipt, ctx());
      if (seen.state === 'done' || seen.state === 'failed') break;
      await ground.clock.sleep(seen.state === 'working' ? seen.againInMs : 15_000);
    }
    await isHonest(stage, input, receipt);
  });
});

describe.each(named(readings))('%s', (_name, one) => {
  const { input } = one;
  let stage: Stage;
  beforeAll(async () => {
    stage = await makeStage(one);
  });
  afterAll(() => stage.ground.close());

  it('says nothing that an answer without a part, or with another in its place, does not show', async () => {
    await plansHonestly(stage, input);
    await isHonest(stage, input, {});
  });
});
