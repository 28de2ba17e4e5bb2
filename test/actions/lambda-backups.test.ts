import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import {
  api,
  carryOut,
  checksOf,
  closeGrounds,
  commands,
  example,
  folder,
  functionsOn,
  home,
  type Since,
  store,
} from './functions-ground.ts';
import { begin } from './ground.ts';
import { call } from './tables-ground.ts';

closeGrounds();

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

  it('fails a backup that lacks a layer of its functions', async () => {
    const ground = await example();
    const Key = `${folder}/layers/flightdata-common-4.zip`;
    await call(ground, 'DeleteObject', { Bucket: store.bucket, Key }, 's3', store.bucket_region);
    expect(await ground.action('lambda.check-backups').observe(check, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('lacks layers/flightdata-common-4.zip'),
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

  it('leads an alias back to the saved code, and lets no other caller in under the id of a saved one', async () => {
    const other = 'arn:aws:execute-api:us-east-1:999999999999:other/*';
    const since = { code: 'broken', published: true, callers: [{ id: 'gateway', source: other }] };
    const ground = await example(({ name }) => (name === 'flightdata-api' ? { since: since as Since } : {}));
    expect(await carryOut(ground, action, input)).toMatchObject({ state: 'done' });
    expect(commands(ground)).toEqual([
      'UpdateFunctionCode lambda:flightdata-api',
      'RemovePermission lambda:flightdata-api',
      'AddPermission lambda:flightdata-api',
      'PublishVersion lambda:flightdata-api',
      'UpdateAlias lambda:flightdata-api',
    ]);
    const { lambda } = ground.world.snapshot() as unknown as { lambda: { functions: JsonObject[] } };
    const restored = lambda.functions.find(({ name }) => name === 'flightdata-api');
    expect(restored).toMatchObject({ aliases: { live: '3' } });
    expect(JSON.stringify(restored?.policy)).not.toContain(other);
  });

  it('goes on with the other functions while one cannot be given what it needs', async () => {
    const ground = await example(() => ({ since: { code: 'broken' } as Since }));
    ground.world.setFault({
      kind: 'call',
      service: 'lambda',
      command: 'UpdateFunctionCode',
      fails: 'access-denied',
      times: 1,
    });
    const act = ground.action(action);
    const captured = await act.capture(input, ground.ctx());
    await expect(act.apply(input, 'token', captured, ground.ctx())).rejects.toThrow(
      /was not confirmed: access was denied/,
    );
    const updated = ground.world.audit().effects.filter(({ accepted }) => accepted);
    expect(updated.map(({ command }) => command)).toEqual(['UpdateFunctionCode', 'UpdateFunctionCode']);
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
    const bare = await functionsOn({ ...rest, lambda: { ...lambda, layers: lambda.layers.slice(0, 1) } });
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
