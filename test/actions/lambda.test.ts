import { afterEach, describe, expect, it } from '@jest/globals';
import type { Action, Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

type Functions = NonNullable<NonNullable<EstateInput['lambda']>['functions']>;
type Since = NonNullable<Functions[number]['since']>;

const grounds: Ground[] = [];
afterEach(() => {
  for (const ground of grounds.splice(0)) ground.close();
});

/** The example's functions and buckets, as each function is changed. */
async function example(change: (fn: Functions[number]) => Partial<Functions[number]> = () => ({})): Promise<Ground> {
  const { lambda, ...rest } = exampleCloud('flight-data', ['buckets', 'lambda']);
  const functions = lambda.functions.map((fn) => ({ ...fn, ...change(fn) }));
  const ground = await makeGround({ estate: { ...rest, lambda: { ...lambda, functions } } });
  grounds.push(ground);
  return ground;
}

const home = { region: 'us-east-1' };
const processor = { ...home, function: 'flightdata-processor' };
const api = { ...home, function: 'flightdata-api' };
const store = { bucket: 'flightdata-lambda-backups-us-west-2', bucket_region: 'us-west-2' };
const folder = 'lambda-backups/20260301T030000Z-daily';

async function begin(action: Action, input: JsonObject, ground: Ground): Promise<JsonObject> {
  return action.apply(input, 'token', await action.capture(input, ground.ctx()), ground.ctx());
}

async function watch(action: Action, input: JsonObject, receipt: JsonObject, ground: Ground): Promise<Observation[]> {
  const seen: Observation[] = [];
  for (let look = 0; look < 200; look += 1) {
    const now = await action.observe(input, receipt, ground.ctx());
    seen.push(now);
    if (now.state !== 'working') return seen;
    await ground.clock.sleep(now.againInMs);
  }
  return seen;
}

async function carryOut(ground: Ground, name: string, input: JsonObject): Promise<Observation | undefined> {
  const action = ground.action(name);
  return (await watch(action, input, await begin(action, input, ground), ground)).at(-1);
}

async function checksOf(ground: Ground, name: string, input: JsonObject): Promise<Record<string, string>> {
  const { checks } = await ground.action(name).plan(input, ground.ctx());
  return Object.fromEntries(checks.map(({ id, verdict, found }) => [id, `${verdict}: ${found}`]));
}

const commands = (ground: Ground) => ground.world.audit().effects.map(({ command, target }) => `${command} ${target}`);

describe('lambda.set-concurrency', () => {
  const action = 'lambda.set-concurrency';

  it('takes away a setting that was not there, which is not the same as 0', async () => {
    const ground = await example();
    const act = ground.action(action);
    const captured = await act.capture({ ...processor, reserved: 0 }, ground.ctx());
    expect(captured).toMatchObject({ reserved: null });
    await act.apply({ ...processor, reserved: 0 }, 'token', captured, ground.ctx());
    await begin(act, act.restore({ ...processor, reserved: 0 }, captured) ?? {}, ground);
    expect(commands(ground).at(-1)).toBe('DeleteFunctionConcurrency lambda:flightdata-processor');
    expect(await act.capture({ ...processor, reserved: 1 }, ground.ctx())).toMatchObject({ reserved: null });
  });

  it('leaves a hundred executions to everybody else', async () => {
    const ground = await example();
    expect((await checksOf(ground, action, { ...processor, reserved: 701 })).unreserved).toBe('fail: 99 of 800 left');
    expect((await checksOf(ground, action, { ...processor, reserved: 700 })).unreserved).toBe('pass: 100 of 800 left');
    expect((await checksOf(ground, action, { ...api, reserved: 900 })).unreserved).toMatch(/^pass: 100/);
    await expect(begin(ground.action(action), { ...processor, reserved: 701 }, ground)).rejects.toThrow(
      /below its minimum/,
    );
  });

  it('says where what comes meanwhile waits, and for how long', async () => {
    const ground = await example();
    const checks = await checksOf(ground, action, { ...processor, reserved: 0 });
    expect(checks.sources).toMatch(/1 still enabled: disable it first .*flightdata-ingest keeps records for 24 h/);
    expect(checks.events).toBe('pass: they wait for 6 h, then are dropped');
    const queue = 'arn:aws:sqs:us-east-1:123456789012:flightdata-dead-letters';
    const kept = await example(() => ({ eventAge: 1_800, deadLetters: queue }));
    expect((await checksOf(kept, action, { ...processor, reserved: 0 })).events).toContain(
      `0.5 h, then go to ${queue}`,
    );
  });

  it('is not content with 0 while an event source still takes what it can only lose', async () => {
    const ground = await example();
    const input = { ...processor, reserved: 0 };
    const seen = await carryOut(ground, action, input);
    if (seen?.state !== 'done') throw new Error(JSON.stringify(seen));
    expect(await ground.action(action).verify(input, seen.output, ground.ctx())).toMatchObject([{ verdict: 'fail' }]);
    await carryOut(ground, 'lambda.toggle-event-source', { ...processor, enabled: false });
    expect(await ground.action(action).verify(input, seen.output, ground.ctx())).toMatchObject([{ verdict: 'pass' }]);
  });
});

describe('lambda.toggle-event-source', () => {
  const action = 'lambda.toggle-event-source';

  it('waits until a mapping is at rest, and says until when its source keeps what comes', async () => {
    const ground = await example();
    const act = ground.action(action);
    const receipt = await begin(act, { ...processor, enabled: false }, ground);
    const seen = await watch(act, { ...processor, enabled: false }, receipt, ground);
    expect(seen[0]).toMatchObject({ state: 'working', progress: 'flightdata-ingest Disabling' });
    expect(seen.at(-1)).toEqual({
      state: 'done',
      output: { sources: ['flightdata-ingest'], resume_by: '2026-03-02T12:10:00.000Z' },
    });
  });

  it('counts the shorter clock of a mapping that passes over old records', async () => {
    const ground = await example();
    const writer = { ...home, function: 'flightdata-metrics-writer', enabled: false };
    expect(await carryOut(ground, action, writer)).toMatchObject({
      output: { sources: ['flightdata-main'], resume_by: '2026-03-02T00:10:00.000Z' },
    });
  });

  it('does not ask for a change while another is under way, which Lambda refuses', async () => {
    const ground = await example();
    await begin(ground.action(action), { ...processor, enabled: false }, ground);
    expect((await checksOf(ground, action, { ...processor, enabled: true })).rest).toBe(
      'fail: flightdata-ingest Disabling',
    );
    await expect(begin(ground.action(action), { ...processor, enabled: true }, ground)).rejects.toThrow(/in use/);
  });

  it('is not done while a mapping is stuck, and finds a function without any', async () => {
    const ground = await example();
    ground.world.setFault({ kind: 'event-source-stuck', ...processor });
    expect((await carryOut(ground, action, { ...processor, enabled: false }))?.state).toBe('working');
    expect((await checksOf(ground, action, { ...api, enabled: false })).sources).toBe('fail: none');
  });
});

describe('lambda.back-up and lambda.check-backups', () => {
  const backUp = { ...home, functions: 'flightdata', ...store };
  const check = { ...home, functions: 'flightdata', ...store };

  it('saves code and layers, and nothing of an image, which it says', async () => {
    const image = '123456789012.dkr.ecr.us-east-1.amazonaws.com/api:7';
    const ground = await example(({ name }) => (name === 'flightdata-api' ? { image } : {}));
    expect((await checksOf(ground, 'lambda.back-up', backUp)).functions).toMatch(/the code of 1 is an image/);
    const seen = await carryOut(ground, 'lambda.back-up', backUp);
    expect(seen).toMatchObject({ output: { functions: 3, without_code: ['flightdata-api'] } });
    const saved = 's3:flightdata-lambda-backups-us-west-2/lambda-backups/20260301T121000Z-1-step';
    expect(commands(ground).sort()).toEqual([
      `PutObject ${saved}/flightdata-metrics-writer.zip`,
      `PutObject ${saved}/flightdata-processor.zip`,
      `PutObject ${saved}/layers/flightdata-common-4.zip`,
      `PutObject ${saved}/layers/flightdata-common-4.zip`,
      `PutObject ${saved}/manifest.json`,
    ]);
  });

  it('takes no folder for a backup whose manifest never came', async () => {
    const ground = await example();
    const act = ground.action('lambda.back-up');
    ground.world.setFault({ kind: 'call', service: 's3', command: 'PutObject', fails: 'access-denied', nth: 5 });
    const captured = await act.capture(backUp, ground.ctx());
    await expect(act.apply(backUp, 'token', captured, ground.ctx())).rejects.toThrow(/not confirmed/);
    expect(await act.lookup(backUp, 'token', captured, ground.ctx())).toEqual({ happened: false });
    const seen = await ground.action('lambda.check-backups').observe(check, {}, ground.ctx());
    expect(seen).toMatchObject({ state: 'done', output: { folder } });
  });

  it('keeps no secret in what it hands on', async () => {
    const ground = await example(() => ({ environment: { TOKEN: 'hunter2' } }));
    const act = ground.action('lambda.back-up');
    const receipt = await begin(act, backUp, ground);
    const said = [await act.plan(backUp, ground.ctx()), receipt, await act.observe(backUp, receipt, ground.ctx())];
    expect(JSON.stringify(said)).not.toContain('hunter2');
  });

  it('fails a backup that is old, or lacks a function that is there now, and tells what has changed since', async () => {
    const ground = await example(({ name }) =>
      name === 'flightdata-api' ? { since: { code: 'api of today' } as Since } : {},
    );
    const act = ground.action('lambda.check-backups');
    expect(await act.observe(check, {}, ground.ctx())).toMatchObject({ output: { changed_since: ['flightdata-api'] } });
    expect(await act.observe({ ...check, max_age: '9h' }, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: `${folder} is of 2026-03-01T03:00:00.000Z, older than 9h.`,
    });
    const newer = { ...home, ...store, functions: 'flightdata-m' };
    await ground.clock.sleep(1_000);
    await carryOut(ground, 'lambda.back-up', newer);
    expect(await act.observe(check, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('lacks flightdata-processor, flightdata-api'),
    });
  });

  it('finds a backup for a Region that does not answer, whose functions nobody can list', async () => {
    const ground = await example();
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    const { region: _dark, ...without } = check;
    expect(await ground.action('lambda.check-backups').observe(without, {}, ground.ctx())).toMatchObject({
      output: { folder },
    });
    expect(await ground.action('lambda.check-backups').observe(check, {}, ground.ctx())).toMatchObject({
      state: 'unknown',
    });
  });
});

describe('lambda.restore', () => {
  const action = 'lambda.restore';
  const input = { ...home, ...store, folder };

  it('brings code and settings back one change at a time, as Lambda takes them', async () => {
    const ground = await example(({ name }) =>
      name === 'flightdata-processor' ? { since: { code: 'broken', memory: 128 } as Since } : {},
    );
    expect(await carryOut(ground, action, input)).toMatchObject({
      state: 'done',
      output: { created: 0, left_out: [] },
    });
    expect(commands(ground)).toEqual([
      'UpdateFunctionCode lambda:flightdata-processor',
      'UpdateFunctionConfiguration lambda:flightdata-processor',
    ]);
  });

  it('refuses to undo what it has changed, and says how to', async () => {
    const ground = await example(() => ({ since: { code: 'broken' } as Since }));
    const act = ground.action(action);
    const captured = await act.capture(input, ground.ctx());
    expect(() => act.restore(input, captured)).toThrow(/Use lambda.restore with the backup that was made before it/);
  });

  it('brings functions that are lost back with callers, aliases and event sources, which stay disabled', async () => {
    const ground = await example();
    ground.world.setFault({ kind: 'functions-lost', ...home, prefix: 'flightdata' });
    expect(await carryOut(ground, action, input)).toMatchObject({
      state: 'done',
      output: { created: 3, left_out: [] },
    });
    const { lambda } = ground.world.snapshot() as unknown as {
      lambda: { functions: JsonObject[]; eventSources: JsonObject[] };
    };
    expect(lambda.functions.find(({ name }) => name === 'flightdata-api')).toMatchObject({
      reserved: 200,
      aliases: { live: '1' },
      policy: [{ Sid: 'gateway', Principal: { Service: 'apigateway.amazonaws.com' } }],
      tags: { 'muster:run': 'run_1' },
    });
    expect(lambda.eventSources.map(({ state }) => state)).toEqual(['Disabled', 'Disabled']);
  });

  it('leaves an alias that led to other code than the saved one', async () => {
    const ground = await example(() => ({ since: { code: 'deployed since' } as Since }));
    const saved = await carryOut(ground, 'lambda.back-up', { ...home, functions: 'flightdata', ...store });
    if (saved?.state !== 'done') throw new Error(JSON.stringify(saved));
    ground.world.setFault({ kind: 'functions-lost', ...home, prefix: 'flightdata' });
    expect(await carryOut(ground, action, { ...input, folder: saved.output.folder ?? '' })).toMatchObject({
      output: { left_out: ['flightdata-processor: alias live', 'flightdata-api: alias live'] },
    });
  });

  it('tells what another Region cannot have, and wants its layers there', async () => {
    const ground = await example();
    const west = { ...input, region: 'us-west-2', environment: { STAGE: 'recovery' } };
    const { after } = await ground.action(action).plan(west, ground.ctx());
    expect(after.left_out).toMatch(/flightdata-processor: event source .*flightdata-ingest/);
    expect(after.left_out).toMatch(/flightdata-api: caller gateway/);
    expect(await carryOut(ground, action, west)).toMatchObject({ state: 'done', output: { created: 3 } });
    const { lambda, ...rest } = exampleCloud('flight-data', ['buckets', 'lambda']);
    const bare = await makeGround({ estate: { ...rest, lambda: { ...lambda, layers: lambda.layers.slice(0, 1) } } });
    grounds.push(bare);
    expect((await checksOf(bare, action, west)).layers).toMatch(/^fail: .*flightdata-common:4 not there/);
  });

  it('tries a restore beside what is there, which nobody calls and which takes from nothing', async () => {
    const ground = await example();
    const trial = { ...input, suffix: '-dr-test' };
    expect(await carryOut(ground, action, trial)).toMatchObject({
      state: 'done',
      output: { functions: expect.arrayContaining(['flightdata-api-dr-test']), created: 3 },
    });
    expect(new Set(commands(ground).map((one) => one.split(' ')[0]))).toEqual(new Set(['CreateFunction']));
  });

  it('fails with the reason that Lambda gives', async () => {
    const ground = await example();
    ground.world.setFault({ kind: 'functions-lost', ...home, prefix: 'flightdata-api' });
    ground.world.setFault({ kind: 'function-update-fails', ...api });
    expect(await carryOut(ground, action, input)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('network interfaces'),
    });
  });

  it('finds no backup in a folder that was never finished', async () => {
    const ground = await example();
    const other = { ...input, folder: 'lambda-backups/20260301T040000Z-daily' };
    expect((await checksOf(ground, action, other)).backup).toBe('fail: 0 functions');
  });
});

describe('lambda.delete-functions', () => {
  const input = { ...home, functions: 'flightdata', suffix: '-dr-test' };

  it('deletes the trial of its own run, and nothing else', async () => {
    const ground = await example();
    await carryOut(ground, 'lambda.restore', { ...home, ...store, folder, suffix: '-dr-test' });
    expect(await carryOut(ground, 'lambda.delete-functions', input)).toMatchObject({ state: 'done' });
    const { lambda } = ground.world.snapshot() as unknown as { lambda: { functions: { name: string }[] } };
    expect(lambda.functions.map(({ name }) => name)).toEqual([
      'flightdata-processor',
      'flightdata-api',
      'flightdata-metrics-writer',
    ]);
  });

  it('leaves what another run has made', async () => {
    const ground = await example(({ name }) => (name === 'flightdata-api' ? { name: 'flightdata-api-dr-test' } : {}));
    expect((await checksOf(ground, 'lambda.delete-functions', input)).owned).toMatch(
      /^fail: flightdata-api-dr-test in us-east-1 was not made by this run/,
    );
    await expect(begin(ground.action('lambda.delete-functions'), input, ground)).rejects.toThrow(
      /not made by this run/,
    );
    expect(commands(ground)).toEqual([]);
  });
});
