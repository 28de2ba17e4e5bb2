import { RegisterScalableTargetCommand } from '@aws-sdk/client-application-auto-scaling';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { PromoteReadReplicaCommand } from '@aws-sdk/client-rds';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, it } from '@jest/globals';
import type { CloudAnswer, CloudCall, FaultInput, WorldAudit } from '../../src/sim/index.ts';
import { clientsOf, createCloud, minutes } from './cloud.ts';

const asked = { timeoutMs: 5_000 };
const url = 'https://api.dr.example.com/health';
const dark: FaultInput = { kind: 'region-dark', region: 'us-east-1' };

function scale(cluster: string, desiredCount: number) {
  return new UpdateServiceCommand({ cluster, service: 'app-service', desiredCount });
}

function hold(cluster: string) {
  return new RegisterScalableTargetCommand({
    ServiceNamespace: 'ecs',
    ScalableDimension: 'ecs:service:DesiredCount',
    ResourceId: `service/${cluster}/app-service`,
    SuspendedState: { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true },
  });
}

describe('a whole failover', () => {
  it('serves from the other Region, with never two writers and hardly any data lost', async () => {
    const { world, east, west, probes, pass } = createCloud();
    await east.scaling.send(hold('prod-cluster'));
    await east.ecs.send(scale('prod-cluster', 0));
    await west.scaling.send(hold('dr-cluster'));
    await west.ecs.send(scale('dr-cluster', 10));
    await pass(minutes);
    await west.rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' }));
    await pass(6 * minutes);
    await west.s3.send(
      new PutObjectCommand({ Bucket: 'acme-dr-switch-us-west-2', Key: 'serve-from-us-west-2', Body: 'on' }),
    );
    await pass(2 * minutes);
    expect(await probes.http.get(url, asked)).toMatchObject({
      status: 200,
      body: '{"status":"ok","region":"us-west-2"}',
    });
    const audit: WorldAudit = world.audit();
    expect(audit.writersOverlapMs).toBe(0);
    expect(audit.effects).toHaveLength(6);
    expect(audit.promotions[0]?.lostSeconds).toBeLessThan(5 * 60);
    expect(world.view()).toMatchObject({
      traffic: [{ name: 'api.dr.example.com', region: 'us-west-2', nextRegion: null }],
      writers: { now: [{ region: 'us-west-2' }] },
    });
  });

  it('stays where it was put when the old Region returns', async () => {
    const { world, west, probes, pass } = createCloud();
    world.setFault(dark);
    await west.rds.send(new PromoteReadReplicaCommand({ DBInstanceIdentifier: 'dr-database' }));
    await west.s3.send(
      new PutObjectCommand({ Bucket: 'acme-dr-switch-us-west-2', Key: 'serve-from-us-west-2', Body: 'on' }),
    );
    await pass(8 * minutes);
    world.clearFaults();
    await pass(30 * minutes);
    expect((await probes.http.get(url, asked)).body).toContain('us-west-2');
  });
});

describe('a transport', () => {
  it('sees each attempt as one call, in the Region that it was signed for', async () => {
    const { world } = createCloud();
    const calls: CloudCall[] = [];
    const send = (call: CloudCall): Promise<CloudAnswer> => {
      calls.push(call);
      return world.call(call);
    };
    world.setFault({ kind: 'call', fails: 'error', service: 'ecs', times: 1 });
    await clientsOf(send, 'us-west-2').ecs.send(scale('dr-cluster', 2));
    const call = { service: 'ecs', command: 'UpdateService', region: 'us-west-2', input: { cluster: 'dr-cluster' } };
    expect(calls).toMatchObject([call, call]);
  });
});
