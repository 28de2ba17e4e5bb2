import { describe, expect, it } from '@jest/globals';
import { createWorld, type EstateInput, type World } from '../../src/sim/index.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { seconds } from './cloud.ts';

type Bucket = NonNullable<EstateInput['buckets']>[number];

function cloud(...buckets: Bucket[]) {
  const clock = createManualClock();
  const world = createWorld({
    clock,
    estate: { account: '123456789012', regions: ['us-east-1', 'us-west-2'], buckets },
  });
  return { clock, world };
}

const role = 'arn:aws:iam::123456789012:role/replication';
const source: Bucket = { region: 'us-east-1', name: 'raw', versioning: 'Enabled', replication: [{ to: 'copy', role }] };
const copy: Bucket = { region: 'us-west-2', name: 'copy', versioning: 'Enabled' };

async function ask(world: World, command: string, input: Record<string, unknown>, region = 'us-east-1') {
  const answer = await world.call({ service: 's3', command, region, input });
  return answer.ok ? answer.output : answer.error.name;
}

const put = (world: World, Key: string, more = {}) =>
  ask(world, 'PutObject', { Bucket: 'raw', Key, Body: new TextEncoder().encode(Key), ...more });
const status = async (world: World, Key: string) =>
  (await ask(world, 'HeadObject', { Bucket: 'raw', Key })) as { ReplicationStatus?: string };

describe('replication', () => {
  it('takes what is written, after a while, and marks what has come', async () => {
    const { world, clock } = cloud(source, copy);
    await put(world, 'a');
    expect(await status(world, 'a')).toMatchObject({ ReplicationStatus: 'PENDING' });
    expect(await ask(world, 'HeadObject', { Bucket: 'copy', Key: 'a' }, 'us-west-2')).toBe('NotFound');
    await clock.advance(20 * seconds);
    expect(await status(world, 'a')).toMatchObject({ ReplicationStatus: 'COMPLETED' });
    expect(await ask(world, 'HeadObject', { Bucket: 'copy', Key: 'a' }, 'us-west-2')).toMatchObject({
      ReplicationStatus: 'REPLICA',
    });
  });

  it('waits while a Region is dark, and goes on after', async () => {
    const { world, clock } = cloud(source, copy);
    await put(world, 'a');
    const fault = world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    await clock.advance(600 * seconds);
    expect(await status(world, 'a')).toMatchObject({ ReplicationStatus: 'PENDING' });
    world.clearFault(fault);
    await clock.advance(20 * seconds);
    expect(await status(world, 'a')).toMatchObject({ ReplicationStatus: 'COMPLETED' });
  });

  it('leaves what a rule does not take, or was there before it', async () => {
    const { world, clock } = cloud(
      { ...source, replication: [{ to: 'copy', role, prefix: 'in/', minutesOld: 60 }], objects: [{ key: 'in/old' }] },
      copy,
    );
    await put(world, 'out/new');
    await clock.advance(60 * seconds);
    expect((await status(world, 'in/old')).ReplicationStatus).toBeUndefined();
    expect((await status(world, 'out/new')).ReplicationStatus).toBeUndefined();
  });

  it.each([
    ['a source without versions', { ...source, versioning: 'Suspended' as const, replication: [] }, copy],
    ['a destination without versions', source, { region: 'us-west-2', name: 'copy' }],
    ['a destination that is not there', source, { ...copy, name: 'another' }],
  ])('is refused for %s', async (_what, from: Bucket, to: Bucket) => {
    const { world } = cloud({ ...from, replication: [] }, to);
    expect(await configure(world, { Filter: { Prefix: '' }, Priority: 1 })).toBe('InvalidRequest');
  });

  it('wants rules of one form, each with a priority of its own', async () => {
    const { world } = cloud(source, copy);
    const rule = { Filter: { Prefix: '' }, Priority: 1 };
    expect(await configure(world, rule, { Prefix: 'old/' })).toBe('InvalidRequest');
    expect(await configure(world, rule, rule)).toBe('InvalidRequest');
    expect(await configure(world, rule)).toEqual({});
  });

  it('keeps versioning on while there is a rule', async () => {
    const { world } = cloud(source, copy);
    const suspend = { Bucket: 'raw', VersioningConfiguration: { Status: 'Suspended' } };
    expect(await ask(world, 'PutBucketVersioning', suspend)).toBe('InvalidBucketState');
    await ask(world, 'DeleteBucketReplication', { Bucket: 'raw' });
    expect(await ask(world, 'PutBucketVersioning', suspend)).toEqual({});
  });
});

function configure(world: World, ...rules: object[]) {
  const complete = rules.map((rule) => ({
    Status: 'Enabled',
    Destination: { Bucket: 'arn:aws:s3:::copy' },
    ...('Filter' in rule ? { DeleteMarkerReplication: { Status: 'Disabled' } } : {}),
    ...rule,
  }));
  const ReplicationConfiguration = { Role: role, Rules: complete };
  return ask(world, 'PutBucketReplication', { Bucket: 'raw', ReplicationConfiguration });
}

describe('objects', () => {
  it('are refused where their hash is not what was said', async () => {
    const { world } = cloud(source, copy);
    expect(await put(world, 'a', { ChecksumSHA256: 'bm90IGl0' })).toBe('BadDigest');
  });

  it('are copied only as they were listed, and from a Region that answers', async () => {
    const { world } = cloud({ ...copy, objects: [{ key: 'a b', text: 'a' }] }, source);
    const request = { Bucket: 'raw', Key: 'a b', CopySource: 'copy/a%20b' };
    expect(await ask(world, 'CopyObject', { ...request, CopySourceIfMatch: '"other"' })).toBe('PreconditionFailed');
    world.setFault({ kind: 'region-dark', region: 'us-west-2' });
    expect(await ask(world, 'CopyObject', request)).toBe('ETIMEDOUT');
    world.clearFaults();
    expect(await ask(world, 'CopyObject', request)).toMatchObject({ CopyObjectResult: { ETag: expect.any(String) } });
  });

  it('are listed a thousand at a time, and by folder', async () => {
    const { world } = cloud({
      ...copy,
      many: [
        { prefix: 'a/', count: 1_500 },
        { prefix: 'b/', count: 2 },
      ],
    });
    const first = await ask(world, 'ListObjectsV2', { Bucket: 'copy' }, 'us-west-2');
    expect(first).toMatchObject({ IsTruncated: true, KeyCount: 1_000 });
    const folders = await ask(world, 'ListObjectsV2', { Bucket: 'copy', Delimiter: '/' }, 'us-west-2');
    expect(folders).toMatchObject({ CommonPrefixes: [{ Prefix: 'a/' }, { Prefix: 'b/' }], IsTruncated: false });
  });
});

describe('buckets', () => {
  it('answer only in their Region, and not for another account', async () => {
    const { world } = cloud(source, { region: 'us-east-1', name: 'theirs', taken: true });
    expect(await ask(world, 'HeadBucket', { Bucket: 'raw' }, 'us-west-2')).toBe('PermanentRedirect');
    expect(await ask(world, 'HeadBucket', { Bucket: 'theirs' })).toBe('Forbidden');
    expect(await ask(world, 'CreateBucket', { Bucket: 'theirs' })).toBe('BucketAlreadyExists');
  });

  it('are made where their location says', async () => {
    const { world } = cloud();
    const west = { CreateBucketConfiguration: { LocationConstraint: 'us-west-2' } };
    expect(await ask(world, 'CreateBucket', { Bucket: 'new' }, 'us-west-2')).toBe('IllegalLocationConstraintException');
    expect(await ask(world, 'CreateBucket', { Bucket: 'new', ...west })).toBe('IllegalLocationConstraintException');
    expect(await ask(world, 'CreateBucket', { Bucket: 'new', ...west }, 'us-west-2')).toMatchObject({
      Location: '/new',
    });
    expect(await ask(world, 'CreateBucket', { Bucket: 'new', ...west }, 'us-west-2')).toBe('BucketAlreadyOwnedByYou');
  });
});
