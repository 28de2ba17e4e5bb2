import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import type { EstateInput } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { begin, type Ground, lookOn, makeGround, watch } from './ground.ts';

type Bucket = NonNullable<EstateInput['buckets']>[number];

const grounds: Ground[] = [];
afterEach(() => {
  for (const ground of grounds.splice(0)) ground.close();
});

async function withBuckets(...buckets: Bucket[]): Promise<Ground> {
  const ground = await makeGround({
    estate: { account: '123456789012', regions: ['us-east-1', 'us-west-2'], buckets },
  });
  grounds.push(ground);
  return ground;
}

const here = { region: 'us-east-1', bucket: 'raw' };
const there = { destination_region: 'us-west-2', destination: 'raw-copy' };
const role = 'arn:aws:iam::123456789012:role/replication';
const versioned = { region: 'us-east-1', name: 'raw', versioning: 'Enabled' as const };
const copy = { region: 'us-west-2', name: 'raw-copy', versioning: 'Enabled' as const };
const some = [{ prefix: 'flights/', count: 40 }];

async function failing(ground: Ground, name: string, input: JsonObject): Promise<Record<string, string>> {
  const { checks } = await ground.action(name).plan(input, ground.ctx());
  return Object.fromEntries(checks.flatMap(({ id, verdict, found }) => (verdict === 'fail' ? [[id, found]] : [])));
}

const copies = (ground: Ground) => ground.world.audit().effects.filter(({ command }) => command === 'CopyObject');

describe('s3.ensure-bucket', () => {
  it('finds a name that another account has, or that is ours in another Region', async () => {
    const ground = await withBuckets({ region: 'us-west-2', name: 'taken', taken: true }, copy);
    const taken = await failing(ground, 's3.ensure-bucket', { region: 'us-west-2', bucket: 'taken' });
    expect(taken.name).toMatch(/Another account may have this name/);
    const elsewhere = await failing(ground, 's3.ensure-bucket', { region: 'us-east-1', bucket: 'raw-copy' });
    expect(elsewhere.name).toMatch(/us-west-2/);
  });

  it.each(['us-east-1', 'us-west-2'])('makes one in %s, marked as made by the run', async (region) => {
    const ground = await withBuckets();
    const action = ground.action('s3.ensure-bucket');
    const receipt = await begin(action, { region, bucket: 'drill' }, ground);
    expect(await action.observe({ region, bucket: 'drill' }, receipt, ground.ctx())).toMatchObject({ state: 'done' });
    const { buckets } = ground.world.snapshot() as { buckets: JsonObject[] };
    expect(buckets[0]).toMatchObject({ region, tags: { 'muster:run': 'run_1', 'muster:step': 'run_1/step' } });
  });

  it('cannot make one anywhere while us-east-1 is dark', async () => {
    const ground = await withBuckets();
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await expect(
      begin(ground.action('s3.ensure-bucket'), { region: 'us-west-2', bucket: 'drill' }, ground),
    ).rejects.toThrow(/not confirmed/);
  });
});

describe('s3.ensure-versioning', () => {
  it('never takes what was never versioned for suspended, and puts back as near as there is', async () => {
    const ground = await withBuckets({ region: 'us-east-1', name: 'raw' });
    const action = ground.action('s3.ensure-versioning');
    const captured = await action.capture(here, ground.ctx());
    expect(captured).toMatchObject({ status: 'never' });
    expect(action.restore(here, captured)).toMatchObject({ status: 'Suspended' });
  });
});

describe('s3.ensure-replication', () => {
  const input = { ...here, ...there, role };

  it('wants both buckets to keep versions first, and the destination to be there', async () => {
    const plain = await withBuckets({ region: 'us-east-1', name: 'raw' }, { region: 'us-west-2', name: 'raw-copy' });
    const found = await failing(plain, 's3.ensure-replication', input);
    expect(found.source).toMatch(/use s3.ensure-versioning first/);
    expect(found.destination).toMatch(/use s3.ensure-versioning first/);
    await expect(begin(plain.action('s3.ensure-replication'), input, plain)).rejects.toThrow(/Versioning must be/);
    const without = await withBuckets(versioned);
    expect(Object.keys(await failing(without, 's3.ensure-replication', input))).toEqual(['destination']);
  });

  it('leaves the rules that others made, and puts exactly them back', async () => {
    const other = { to: 'raw-copy', role, prefix: 'other/' };
    const ground = await withBuckets({ ...versioned, replication: [other] }, copy);
    const action = ground.action('s3.ensure-replication');
    const captured = await action.capture(input, ground.ctx());
    const receipt = await action.apply(input, 'token', captured, ground.ctx());
    expect(await action.observe(input, receipt, ground.ctx())).toMatchObject({ output: { rules: 2 } });
    const back = action.restore(input, captured) ?? {};
    await begin(action, back, ground);
    expect((await action.plan(input, ground.ctx())).before.replicates).toMatch(/^[^;]+; other\/ [^;]+$/);
  });

  it('puts a rule back that differs in nothing but how soon', async () => {
    const ground = await withBuckets({ ...versioned, replication: [{ to: 'raw-copy', role }] }, copy);
    const action = ground.action('s3.ensure-replication');
    const soon = { ...input, within_15m: true };
    const captured = await action.capture(soon, ground.ctx());
    await begin(action, soon, ground);
    const back = action.restore(soon, captured) ?? {};
    expect((await action.plan(back, ground.ctx())).noChange).toBe(false);
    await begin(action, back, ground);
    expect((await action.plan(back, ground.ctx())).noChange).toBe(true);
  });

  it('does not replicate what is there already, whatever the rule says', async () => {
    const ground = await withBuckets({ ...versioned, many: some }, copy);
    const receipt = await begin(ground.action('s3.ensure-replication'), input, ground);
    expect(await ground.action('s3.ensure-replication').observe(input, receipt, ground.ctx())).toMatchObject({
      output: { existing_objects: expect.stringContaining('s3.copy-prefix') },
    });
    await ground.clock.sleep(3_600_000);
    const check = ground.action('s3.check-replication');
    expect(await check.observe({ ...here, ...there }, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('40 from before the rule'),
    });
    const onwards = { from_region: 'us-east-1', from: 'raw', region: 'us-west-2', bucket: 'raw-copy' };
    const action = ground.action('s3.copy-prefix');
    await watch(action, onwards, await begin(action, onwards, ground), ground);
    expect(await check.observe({ ...here, ...there }, {}, ground.ctx())).toMatchObject({
      state: 'done',
      output: { arrived_percent: 100, never_taken: 0, destination_objects: 40 },
    });
  });
});

describe('s3.check-replication', () => {
  const input = { ...here, ...there, at_least: 95 };
  const replicated = { ...versioned, many: some, replication: [{ to: 'raw-copy', role }] };

  async function write(ground: Ground, count: number): Promise<void> {
    for (let number = 0; number < count; number += 1) {
      const call = { service: 's3', command: 'PutObject', region: 'us-east-1' };
      await ground.world.call({
        ...call,
        input: { Bucket: 'raw', Key: `new/${number}`, Body: new Uint8Array([number]) },
      });
    }
  }

  it('waits for what is on its way, and is done when it has come', async () => {
    const ground = await withBuckets(replicated, copy);
    await write(ground, 10);
    const check = ground.action('s3.check-replication');
    const seen = await watch(check, input, {}, ground);
    expect(seen[0]).toMatchObject({ state: 'working', progress: expect.stringContaining('10 on their way') });
    expect(seen.at(-1)).toMatchObject({ state: 'done', output: { objects: 50, destination_objects: 50, pending: 0 } });
  });

  it('fails where the destination refuses, though the configuration is as it was', async () => {
    const ground = await withBuckets(replicated, copy);
    ground.world.setFault({ kind: 'replication-fails', bucket: 'raw' });
    await write(ground, 10);
    await ground.clock.sleep(60_000);
    const plan = await ground.action('s3.check-replication').plan(input, ground.ctx());
    expect(plan.checks.map(({ verdict }) => verdict)).toEqual(['pass']);
    expect(await ground.action('s3.check-replication').observe(input, {}, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('10 refused'),
    });
  });

  it('shows nothing of a bucket that holds nothing', async () => {
    const ground = await withBuckets({ ...replicated, many: [] }, copy);
    expect(await ground.action('s3.check-replication').observe(input, {}, ground.ctx())).toMatchObject({
      state: 'failed',
    });
  });
});

describe('s3.copy-prefix', () => {
  const input = { from_region: 'us-west-2', from: 'raw-copy', region: 'us-east-1', bucket: 'raw' };
  const full = { ...copy, many: [{ prefix: 'flights/', count: 1_204 }] };

  it('copies more than a page, tells how far it is, and deletes nothing', async () => {
    const ground = await withBuckets(full, { ...versioned, objects: [{ key: 'only-here', text: 'kept' }] });
    const action = ground.action('s3.copy-prefix');
    const seen = await watch(action, input, await begin(action, input, ground), ground);
    expect(seen[0]).toMatchObject({ progress: '100 of 1,204 objects are there' });
    expect(seen.at(-1)).toEqual({ state: 'done', output: { objects: 1_204, left_differing: 0 } });
    expect(copies(ground)).toHaveLength(1_204);
    const check = ground.action('s3.check-bucket');
    expect(await check.observe(here, {}, ground.ctx())).toMatchObject({ output: { objects: 1_205 } });
  });

  it('goes on where it was broken off, and copies nothing twice', async () => {
    const ground = await withBuckets(full, versioned);
    const action = ground.action('s3.copy-prefix');
    const captured = await action.capture(input, ground.ctx());
    await action.apply(input, 'token', captured, ground.ctx());
    const found = await action.lookup(input, 'token', captured, ground.ctx());
    if (found.happened !== true) throw new Error('expected it to be found');
    await watch(action, input, found.receipt, ground);
    expect(copies(ground)).toHaveLength(1_204);
  });

  it('only looks where nothing was to be copied', async () => {
    const ground = await withBuckets(full, versioned);
    expect(await ground.action('s3.copy-prefix').observe(input, null, ground.ctx())).toMatchObject({
      state: 'working',
    });
    expect(copies(ground)).toEqual([]);
  });

  it('replaces only where earlier versions are kept, and says what undo cannot do', async () => {
    const changed = { name: 'raw', region: 'us-east-1', objects: [{ key: 'flights/000001.json', text: 'corrupt' }] };
    const ground = await withBuckets({ ...copy, many: some }, changed);
    expect((await failing(ground, 's3.copy-prefix', input)).versions).toMatch(/1 are replaced, versioning was never/);
    expect(await failing(ground, 's3.copy-prefix', { ...input, replace: false })).toEqual({});
    const action = ground.action('s3.copy-prefix');
    const captured = await action.capture(input, ground.ctx());
    expect(() => action.restore(input, captured)).toThrow(/earlier versions/);
    const left = { ...input, replace: false };
    const seen = await watch(action, left, await begin(action, left, ground), ground);
    expect(seen.at(-1)).toMatchObject({ output: { objects: 39, left_differing: 1 } });
  });

  it('copies what has the same size and other contents, and nothing that is the same', async () => {
    const objects = (second: string) => [
      { key: 'a', text: 'same' },
      { key: 'b', text: second, minutesOld: 1 },
    ];
    const ground = await withBuckets({ ...copy, objects: objects('good') }, { ...versioned, objects: objects('evil') });
    const action = ground.action('s3.copy-prefix');
    await watch(action, input, await begin(action, input, ground), ground);
    expect(copies(ground).map(({ target }) => target)).toEqual(['s3:raw/b']);
  });

  it('does not take an empty source for a success, nor an object that S3 cannot copy in one go', async () => {
    const empty = await withBuckets(copy, versioned);
    expect(Object.keys(await failing(empty, 's3.copy-prefix', input))).toEqual(['source']);
    const large = await withBuckets({ ...copy, objects: [{ key: 'large', size: 6 * 1024 ** 3 }] }, versioned);
    expect((await failing(large, 's3.copy-prefix', input)).sizes).toMatch(/1 larger, such as large/);
  });

  it('compares the checksum of what came in parts, whose ETag is no hash', async () => {
    const parts = { key: 'parts', text: 'in parts', parts: 2 };
    const ground = await withBuckets({ ...copy, objects: [parts] }, versioned);
    const action = ground.action('s3.copy-prefix');
    const seen = await watch(action, input, await begin(action, input, ground), ground);
    expect(seen.at(-1)).toMatchObject({ state: 'done' });
    expect(await action.verify(input, { objects: 1, left_differing: 0 }, ground.ctx())).toMatchObject([
      { verdict: 'pass', found: '0 by MD5, 1 by checksum' },
    ]);
    const other = await withBuckets(
      { ...copy, objects: [parts] },
      {
        ...versioned,
        objects: [{ key: 'parts', text: 'ni parts', minutesOld: 1 }],
      },
    );
    expect(
      await other.action('s3.copy-prefix').verify(input, { objects: 1, left_differing: 0 }, other.ctx()),
    ).toMatchObject([{ verdict: 'fail', found: '1 differ, such as parts' }]);
  });

  it('says what it could not copy, and does not call it done', async () => {
    const ground = await withBuckets(full, versioned);
    const action = ground.action('s3.copy-prefix');
    const receipt = await begin(action, input, ground);
    ground.world.setFault({ kind: 'call', service: 's3', command: 'CopyObject', fails: 'access-denied' });
    expect(await lookOn(action, input, receipt, ground.ctx())).toMatchObject({
      state: 'unknown',
      why: expect.stringMatching(/The copy of .* was not confirmed: access was denied/),
    });
  });
});

it('sees that a bucket of the example is gone', async () => {
  const ground = await makeGround({ estate: exampleCloud('flight-data', ['buckets']) });
  grounds.push(ground);
  ground.world.setFault({ kind: 'bucket-lost', bucket: 'flightdata-raw' });
  const check = ground.action('s3.check-bucket');
  const input = { region: 'us-east-1', bucket: 'flightdata-raw' };
  expect(await check.observe(input, {}, ground.ctx())).toMatchObject({ state: 'failed' });
  expect(
    await check.observe({ ...input, bucket: 'flightdata-processed', newest_within: '10m' }, {}, ground.ctx()),
  ).toMatchObject({
    state: 'failed',
    why: expect.stringContaining('expected within 10m'),
  });
});
