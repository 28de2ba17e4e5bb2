import {
  type Change,
  ChangeResourceRecordSetsCommand,
  GetChangeCommand,
  GetHealthCheckCommand,
  GetHealthCheckStatusCommand,
  GetHostedZoneCommand,
  InvalidChangeBatch,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import { createCloud, seconds } from './cloud.ts';

const name = 'api.dr.example.com';
const Bucket = 'acme-dr-switch-us-west-2';
const Key = 'serve-from-us-west-2';
const url = `https://${name}/health`;
const prodAddresses = ['203.0.113.10', '203.0.113.11'];
const drAddresses = ['198.51.100.20', '198.51.100.21'];
const alb = {
  HostedZoneId: 'Z1H1FL5HABSF5',
  DNSName: 'dr-alb.us-west-2.elb.amazonaws.com',
  EvaluateTargetHealth: true,
};

const asked = { timeoutMs: 5_000 };

describe('the standby-side switch', () => {
  it('moves name servers once checkers agree, then people once resolvers forget', async () => {
    const { west, probes, pass } = createCloud();
    expect(await probes.dns.addresses(name, asked)).toEqual(prodAddresses);
    expect(await probes.http.get(url, asked)).toMatchObject({
      status: 200,
      body: '{"status":"ok","region":"us-east-1"}',
    });
    await west.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'on' }));
    await pass(30 * seconds);
    expect(await probes.dns.addresses(name, asked)).toEqual(prodAddresses);
    await pass(20 * seconds);
    expect(await probes.dns.addresses(name, asked)).toEqual(drAddresses);
    expect((await probes.http.get(url, asked)).body).toContain('us-east-1');
    await pass(60 * seconds);
    expect(await probes.http.get(url, asked)).toMatchObject({
      status: 503,
      body: '{"status":"unavailable","region":"us-west-2","database":"read-only"}',
    });
    await west.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await pass(110 * seconds);
    expect((await probes.http.get(url, asked)).status).toBe(200);
  });

  it('does not move when the object comes and goes between two looks of the checkers', async () => {
    const { west, probes, pass } = createCloud();
    await west.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'on' }));
    await pass(20 * seconds);
    await west.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await pass(200 * seconds);
    expect(await probes.dns.addresses(name, asked)).toEqual(prodAddresses);
  });

  it('shows what checkers saw at the endpoint, not inverted', async () => {
    const { west, pass } = createCloud();
    const { ResourceRecordSets } = await records(west.route53);
    const HealthCheckId = ResourceRecordSets?.[0]?.HealthCheckId ?? '';
    const { HealthCheck } = await west.route53.send(new GetHealthCheckCommand({ HealthCheckId }));
    expect(HealthCheck?.HealthCheckConfig).toMatchObject({ Inverted: true, ResourcePath: `/${Key}` });
    const status = new GetHealthCheckStatusCommand({ HealthCheckId });
    const before = await west.route53.send(status);
    expect(before.HealthCheckObservations?.[0]?.StatusReport?.Status).toMatch(/^Failure: HTTP Status Code 404/);
    await west.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'on' }));
    await pass(60 * seconds);
    const after = await west.route53.send(status);
    expect(after.HealthCheckObservations).toHaveLength(16);
    expect(after.HealthCheckObservations?.[0]?.StatusReport?.Status).toMatch(/^Success/);
  });
});

describe('objects', () => {
  it('are stored, read, listed and deleted, and missing ones are not found', async () => {
    const { west } = createCloud();
    const one = { Bucket, Key: 'notes/one.txt' };
    await expect(west.s3.send(new HeadObjectCommand(one))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(west.s3.send(new GetObjectCommand(one))).rejects.toBeInstanceOf(NoSuchKey);
    await west.s3.send(new PutObjectCommand({ ...one, Body: 'grüß', Metadata: { run: 'run_1' } }));
    const got = await west.s3.send(new GetObjectCommand(one));
    expect(await got.Body?.transformToString()).toBe('grüß');
    expect(got).toMatchObject({ Metadata: { run: 'run_1' }, ContentLength: 6 });
    const again = new PutObjectCommand({ ...one, Body: 'x', IfNoneMatch: '*' });
    await expect(west.s3.send(again)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    const listed = await west.s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'notes/' }));
    expect(listed.Contents?.map((object) => object.Key)).toEqual(['notes/one.txt']);
    await west.s3.send(new DeleteObjectCommand(one));
    await west.s3.send(new DeleteObjectCommand(one));
    expect((await west.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  });

  it('are in their bucket’s Region only', async () => {
    const { east, west } = createCloud();
    expect((await west.s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-west-2');
    await expect(east.s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 301 },
    });
    await expect(west.s3.send(new HeadBucketCommand({ Bucket: 'nowhere' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });
});

function records(route53: Route53Client) {
  return route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z0ACME' }));
}

function change(...Changes: Change[]) {
  return new ChangeResourceRecordSetsCommand({ HostedZoneId: 'Z0ACME', ChangeBatch: { Changes } });
}

describe('record changes', () => {
  it('are listed at once, in sync after a while, and then served', async () => {
    const { west, probes, pass } = createCloud();
    const set = { Name: 'app.dr.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.9' }] } as const;
    const { ChangeInfo } = await west.route53.send(
      change({ Action: 'CREATE', ResourceRecordSet: { ...set, ResourceRecords: [...set.ResourceRecords] } }),
    );
    expect(ChangeInfo?.Status).toBe('PENDING');
    expect((await records(west.route53)).ResourceRecordSets).toHaveLength(3);
    await expect(probes.dns.addresses(set.Name, asked)).rejects.toThrow(/no address/);
    await pass(41 * seconds);
    const after = await west.route53.send(new GetChangeCommand({ Id: ChangeInfo?.Id }));
    expect(after.ChangeInfo?.Status).toBe('INSYNC');
    expect(await probes.dns.addresses(set.Name, asked)).toEqual(['192.0.2.9']);
  });

  it('are all refused when one of a batch is', async () => {
    const { west } = createCloud();
    const good = { Name: 'a.dr.example.com', Type: 'A', TTL: 60, ResourceRecords: [{ Value: '192.0.2.9' }] } as const;
    const batch = change(
      { Action: 'CREATE', ResourceRecordSet: { ...good, ResourceRecords: [...good.ResourceRecords] } },
      {
        Action: 'DELETE',
        ResourceRecordSet: { ...good, Name: 'b.dr.example.com', ResourceRecords: [...good.ResourceRecords] },
      },
    );
    await expect(west.route53.send(batch)).rejects.toBeInstanceOf(InvalidChangeBatch);
    expect((await records(west.route53)).ResourceRecordSets).toHaveLength(2);
  });

  it.each([
    [
      'an alias zone of another Region',
      { AliasTarget: { ...alb, HostedZoneId: 'Z2FDTNDATAQYW2' }, Failover: 'SECONDARY', SetIdentifier: 'secondary' },
      /does not lie within the target zone/,
    ],
    ['a simple record beside a failover pair', { AliasTarget: alb }, /another routing policy/],
    [
      'weight and failover in one set',
      { AliasTarget: alb, Weight: 1, Failover: 'SECONDARY', SetIdentifier: 'secondary' },
      /mixes routing policies/,
    ],
    [
      'a second primary',
      { AliasTarget: alb, Failover: 'PRIMARY', SetIdentifier: 'other' },
      /PRIMARY set .* exists already/,
    ],
    [
      'an alias with a TTL',
      { AliasTarget: alb, TTL: 60, Failover: 'SECONDARY', SetIdentifier: 'secondary' },
      /neither TTL/,
    ],
    [
      'an unknown health check',
      { AliasTarget: alb, HealthCheckId: 'x', Failover: 'SECONDARY', SetIdentifier: 'secondary' },
      /does not exist/,
    ],
  ] as const)('refuse %s', async (_what, fields, why) => {
    const { west } = createCloud();
    const upsert = change({ Action: 'UPSERT', ResourceRecordSet: { Name: name, Type: 'A', ...fields } });
    await expect(west.route53.send(upsert)).rejects.toThrow(why);
  });

  it('name what does not exist', async () => {
    const { west } = createCloud();
    await expect(west.route53.send(new GetChangeCommand({ Id: 'C0' }))).rejects.toMatchObject({ name: 'NoSuchChange' });
    const zone = new GetHostedZoneCommand({ Id: 'Z9' });
    await expect(west.route53.send(zone)).rejects.toMatchObject({ name: 'NoSuchHostedZone' });
    const { HostedZones } = await west.route53.send(new ListHostedZonesCommand({}));
    expect(HostedZones).toMatchObject([{ Id: '/hostedzone/Z0ACME', Name: 'dr.example.com.' }]);
  });

  it('depend on us-east-1, whichever Region the client names; the switch does not', async () => {
    const { world, west, pass, probes } = createCloud();
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await expect(records(west.route53)).rejects.toMatchObject({ name: 'TimeoutError' });
    await west.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'on' }));
    await pass(50 * seconds);
    expect(await probes.dns.addresses(name, asked)).toEqual(drAddresses);
  });
});
