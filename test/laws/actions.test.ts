import { afterEach, describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import type { Action, Observation, StepContext } from '../../src/domain/action.ts';
import { Refusal } from '../../src/domain/errors.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { PlannedStep } from '../../src/domain/plan.ts';
import { causes } from '../../src/domain/trouble.ts';
import { planStep } from '../../src/recovery/plan/plan-step.ts';
import { explain } from '../../src/recovery/run/explain.ts';
import { unseen } from '../../src/recovery/run/observe.ts';
import { type Case, effects, others, readings } from '../actions/cases.ts';
import { type Ground, lookOn, makeGround } from '../actions/ground.ts';
import { unaskedHere } from '../actions/unasked.ts';

const all = [...effects, ...readings, ...others];
const grounds: (Ground & { of?: string })[] = [];
/** What each action has asked AWS for in all that it went through here. */
const asked = new Map<string, Set<string>>();

afterEach(() => {
  for (const { of = '', sent, close } of grounds.splice(0)) {
    asked.set(of, new Set([...(asked.get(of) ?? []), ...sent.map(({ permission }) => permission)]));
    close();
  }
});

async function ground(of?: Case, options: Parameters<typeof makeGround>[0] = {}): Promise<Ground> {
  const estate = of?.estate?.();
  const made = await makeGround({ ...(estate ? { estate } : {}), ...options });
  grounds.push({ ...made, ...(of ? { of: of.action } : {}) });
  return { ...made, ctx: (changes) => made.ctx({ ...of?.ctx, ...changes }) };
}

/** Goes on until it is over; a simulated cloud needs less than an hour for anything. */
async function watch(action: Action, input: JsonObject, receipt: JsonObject, ctx: StepContext): Promise<Observation> {
  const until = ctx.clock.now().getTime() + 3_600_000;
  for (;;) {
    const seen = await lookOn(action, input, receipt, ctx);
    const waits = seen.state === 'working' || seen.state === 'unknown' ? (seen.againInMs ?? 15_000) : 0;
    if (waits === 0 || ctx.clock.now().getTime() > until) return seen;
    await ctx.clock.sleep(waits);
  }
}

async function carryOut(
  action: Action,
  input: JsonObject,
  ctx: StepContext,
): Promise<{ captured: JsonObject; receipt: JsonObject }> {
  const captured = await action.capture(input, ctx);
  const receipt = await action.apply(input, 'token-1', captured, ctx);
  return { captured, receipt };
}

const label = ({ action, input }: Case): string =>
  [action, ...(typeof input.count === 'number' ? [input.count] : [])].join(' ');
const named = (cases: readonly Case[]): [string, Case][] => cases.map((one) => [label(one), one]);

/** The step as a command would have it, and as it was approved. */
async function planned(action: Action, input: JsonObject, ctx: StepContext): Promise<PlannedStep> {
  const step = {
    ...{ id: 'it', uses: action.name, with: input, needs: [], fence: false, always: false },
    ...{ timeout: action.defaultTimeout, on_failure: 'pause' as const },
  };
  return planStep({ step, action, input, later: {}, services: [] }, ctx);
}

/** What people would read: one line with the thing, what was expected, what was found and what to do next. */
function expectWords(approved: PlannedStep, seen: Extract<Observation, { state: 'failed' | 'unknown' }>): void {
  const { note } = explain({ approved, byGuard: false }, { ...unseen(seen), effectSent: false });
  expect(note).toMatch(
    /^[a-z0-9-]+[:.].+: expected “.+” .*within \S.+\. Found: .*[^.]\. Next: [a-z].*\bretry it\b.*\.$/i,
  );
  const { target, input } = approved;
  const things = target ? [target.resource] : Object.values(input).filter((value) => typeof value === 'string');
  expect(things.some((thing) => note?.includes(thing))).toBe(true);
}

it('has a case for every action', () => {
  const covered = new Set(all.map(({ action }) => action));
  expect([...covered].sort()).toEqual(
    catalogue
      .list()
      .map(({ name }) => name)
      .sort(),
  );
});

describe.each(named(effects))('%s', (_name, one) => {
  const { action: name, input } = one;
  it('plans a change, brings it about, sees it done, and then plans none', async () => {
    const { action, ctx, world } = await ground(one);
    const act = action(name);
    const first = await act.plan(input, ctx());
    expect(first.noChange).toBe(false);
    expect(first.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    const { receipt } = await carryOut(act, input, ctx());
    const early = await act.observe(input, receipt, ctx());
    expect(early.state).toBe(one.instant ? 'done' : 'working');
    const seen = await watch(act, input, receipt, ctx());
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect((await act.verify(input, seen.output, ctx())).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect((await act.plan(input, ctx())).noChange).toBe(one.again !== true);
    expect((await act.observe(input, null, ctx())).state).toBe('done');
    const before = world.audit().effects.length;
    await act.plan(input, ctx());
    expect(world.audit().effects).toHaveLength(before);
  });

  it('finds what was sent, however often it looks, and nothing before', async () => {
    const { action, ctx } = await ground(one);
    const act = action(name);
    const captured = await act.capture(input, ctx());
    expect(await act.lookup(input, 'token-1', captured, ctx())).toEqual({ happened: false });
    await act.apply(input, 'token-1', captured, ctx());
    for (const _ of [1, 2, 3]) {
      const found = await act.lookup(input, 'token-1', captured, ctx());
      expect(act.kind === 'once' ? [true, 'unknowable'] : [true]).toContain(found.happened);
      await ctx().clock.sleep(240_000);
    }
    const found = await act.lookup(input, 'token-1', captured, ctx());
    if (found.happened !== true) throw new Error(JSON.stringify(found));
    expect((await watch(act, input, found.receipt, ctx())).state).toBe('done');
  });

  it('finds an effect whose answer was lost', async () => {
    const { action, ctx, world } = await ground(one);
    const act = action(name);
    const captured = await act.capture(input, ctx());
    const [effect] = act.iam.effect.map((permission) => permission.split(':')[1]).slice(-1);
    world.setFault({ kind: 'call', fails: 'lost-answer', command: commandOf(input, effect), times: 3 });
    await act
      .apply(input, 'token-1', captured, ctx())
      .catch((error: Error) => expect(error.message).toMatch(/not confirmed/));
    const early = await act.lookup(input, 'token-1', captured, ctx());
    expect(act.kind === 'once' ? [true, 'unknowable'] : [true, false]).toContain(early.happened);
    if (early.happened === 'unknowable') await ctx().clock.sleep(3_600_000);
    const found = await act.lookup(input, 'token-1', captured, ctx());
    expect(found.happened).not.toBe('unknowable');
    const receipt = found.happened === true ? found.receipt : await act.apply(input, 'token-1', captured, ctx());
    expect((await watch(act, input, receipt, ctx())).state).toBe('done');
    if (act.kind === 'once')
      expect(world.audit().effects.filter(({ command, accepted }) => command === effect && accepted)).toHaveLength(1);
  });

  it('changes nothing by looking, however far it has come', async () => {
    const { action, ctx, world } = await ground(one);
    const act = action(name);
    const { receipt } = await carryOut(act, input, ctx());
    const sent = () => world.audit().effects.length;
    for (let looks = 0; looks < 500; looks += 1) {
      const before = sent();
      const seen = await act.observe(input, receipt, ctx());
      expect(sent()).toBe(before);
      if (seen.state !== 'working') return;
      if (seen.due !== undefined) await act.advance?.(input, receipt, ctx());
      await ctx().clock.sleep(seen.againInMs);
    }
    throw new Error('it does not end');
  });

  it('sends nothing once its lease is lost', async () => {
    const lost = await ground(one, {
      beforeEffect: async () => {
        throw new Error('the lease is lost');
      },
    });
    const act = lost.action(name);
    const captured = await act.capture(input, lost.ctx());
    await expect(act.apply(input, 'token-1', captured, lost.ctx())).rejects.toThrow('the lease is lost');
    expect(lost.world.audit().effects).toEqual([]);
  });
});

/** The command that a fault strikes: of a switch, the one that this input sends. */
function commandOf(input: JsonObject, last: string | undefined): string {
  return input.present === true ? 'PutObject' : (last ?? '');
}

describe.each(named(effects.filter(({ action }) => catalogue.get(action)?.undo.possible)))('%s', (_name, one) => {
  const { action: name, input } = one;
  it('puts back what it captured', async () => {
    const { action, ctx } = await ground(one);
    const act = action(name);
    const before = await act.plan(input, ctx());
    const { captured, receipt } = await carryOut(act, input, ctx());
    expect((await watch(act, input, receipt, ctx())).state).toBe('done');
    const back = act.restore(input, captured);
    if (act.undo.keeps) expect(one.keeps).toBe(true);
    if (one.keeps) return expect(back).toBeNull();
    if (back === null) throw new Error('expected something to put back');
    const undone = await carryOut(act, back, ctx());
    expect((await watch(act, back, undone.receipt, ctx())).state).toBe('done');
    expect((await act.plan(back, ctx())).noChange).toBe(true);
    expect((await act.plan(input, ctx())).before).toEqual(before.before);
  });
});

it('does not pretend to undo a promotion', async () => {
  const { action, ctx } = await ground();
  const act = action('rds.promote-read-replica');
  const captured = await act.capture({ region: 'us-west-2', instance: 'dr-database' }, ctx());
  expect(act.undo.possible).toBe(false);
  expect(act.restore({ region: 'us-west-2', instance: 'dr-database' }, captured)).toBeNull();
});

describe.each(named(readings))('%s', (_name, one) => {
  const { action: name, input } = one;
  it('is done when what it asks for is so', async () => {
    const { action, ctx } = await ground(one);
    const act = action(name);
    expect((await act.plan(input, ctx())).checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    const seen = await watch(act, input, {}, ctx());
    expect(seen).toMatchObject({ state: 'done' });
  });
});

describe.each(named(all))('%s', (_name, one) => {
  const { action: name, input, bad } = one;
  it('refuses bad input in one sentence, and calls nobody', async () => {
    const { action, ctx, sent } = await ground(one);
    const refused = await action(name)
      .plan(bad.input, ctx())
      .then(
        () => null,
        (error: unknown) => error,
      );
    if (!(refused instanceof Refusal)) throw new Error(`expected a Refusal, found ${String(refused)}`);
    expect(refused.message).toContain(bad.names);
    expect(refused.message).toMatch(/^[^\n]+[.?]$/);
    expect(refused.message).not.toContain('hunter2');
    expect(sent).toEqual([]);
  });

  it('calls nothing that its permissions do not name, and no effect to plan', async () => {
    const { action, ctx, sent } = await ground(one);
    const act = action(name);
    await act.plan(input, ctx({ purpose: 'plan' }));
    const asked = new Set(sent.map(({ permission }) => permission));
    for (const permission of asked) expect(act.iam.read).toContain(permission);
    if (act.kind === 'read' || act.kind === 'human') return;
    const { receipt } = await carryOut(act, input, ctx());
    const seen = await watch(act, input, receipt, ctx());
    if (seen.state === 'done') await act.verify(input, seen.output, ctx());
    for (const { permission } of sent) expect([...act.iam.read, ...act.iam.effect]).toContain(permission);
    for (const permission of act.iam.effect) {
      const other = one.uncalled?.includes(permission) || (input.present === true && permission === 's3:DeleteObject');
      if (!other) expect(sent.map((one) => one.permission)).toContain(permission);
    }
  });
});

describe.each(named([...effects, ...readings]))('%s', (_name, one) => {
  const { action: name, input, depends } = one;
  it('knows nothing, and says so, when the Region that it depends on is dark', async () => {
    const { action, ctx, world } = await ground(one);
    const act = action(name);
    const receipt = act.kind === 'read' ? {} : (await carryOut(act, input, ctx())).receipt;
    world.setFault({ kind: 'region-dark', region: depends });
    const { checks, noChange } = await act.plan(input, ctx({ purpose: 'plan' }));
    expect(noChange).toBe(false);
    expect(checks.some(({ verdict }) => verdict === 'unknown')).toBe(true);
    for (const check of checks) expect(check.verdict === 'fail' ? check : null).toBeNull();
    await ctx().clock.sleep(3_600_000);
    const seen = await act.observe(input, receipt, ctx());
    const byNamesAlone = name === 'route53.switch-standby';
    if (!byNamesAlone) expect(seen.state).toBe('unknown');
    if (act.kind === 'read') return;
    const captured = await act.capture(input, ctx()).catch((error: Error) => error.message);
    expect(captured).toMatch(/did not answer|could not read|cannot be reached/i);
  });

  const credentials = catalogue.get(name)?.iam.read.length ? (['expired-credentials'] as const) : [];
  it.each([...(['garbage', 'error', 'access-denied', 'throttling', 'timeout'] as const), ...credentials])(
    'never takes %s for done, and says what to do',
    async (fails) => {
      const { action, ctx, world } = await ground(one);
      const act = action(name);
      const approved = await planned(act, input, ctx());
      const receipt = act.kind === 'read' ? {} : (await carryOut(act, input, ctx())).receipt;
      world.setFault({ kind: 'call', fails });
      const seen = await act.observe(input, receipt, ctx());
      expect(seen.state).not.toBe('done');
      if (seen.state === 'failed' || seen.state === 'unknown') expectWords(approved, seen);
      if (seen.state === 'unknown' && fails !== 'garbage') expect(causes).toContain(seen.cause);
      const plan = await act.plan(input, ctx({ purpose: 'plan' }));
      expect(plan.noChange).toBe(false);
      expect(plan.checks.some(({ verdict }) => verdict !== 'pass')).toBe(true);
    },
  );
});

it('is allowed nothing that no action asks for, but for what is told', () => {
  const unasked = catalogue.list().map(({ name, iam }) => {
    const left = [...iam.read, ...iam.effect].filter((permission) => !asked.get(name)?.has(permission));
    return [name, left] as const;
  });
  const known = Object.entries(unaskedHere).map(([name, reasons]) => [name, Object.keys(reasons)]);
  expect(Object.fromEntries(unasked.filter(([, left]) => left.length > 0))).toEqual(Object.fromEntries(known));
});
