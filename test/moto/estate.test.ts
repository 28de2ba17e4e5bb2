import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { ListResourceRecordSetsCommand } from '@aws-sdk/client-route-53';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { buildEstate, type Estate, primary, recovery } from '../support/estate.ts';
import { createClients } from '../support/estate-clients.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { type MotoProxy, startMotoProxy } from '../support/moto-proxy.ts';
import { describeWith } from '../support/needs.ts';

describeWith('moto_server', 'the Acme estate, built through the proxy', () => {
  let moto: Moto;
  let proxy: MotoProxy;
  let estate: Estate;

  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startMotoProxy(moto.url);
    estate = await buildEstate(proxy.url);
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });

  it('has a primary database and a replica that says it is replicating', async () => {
    const west = createClients(proxy.url, recovery);
    const found = await west.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: 'dr-database' }));
    const [replica] = found.DBInstances ?? [];
    expect(replica?.ReadReplicaSourceDBInstanceIdentifier).toBe('arn:aws:rds:us-east-1:123456789012:db:prod-database');
    expect(replica?.StatusInfos).toEqual([
      expect.objectContaining({ StatusType: 'read replication', Status: 'replicating' }),
    ]);
  });

  it.each([
    [primary, 'prod-cluster', 10],
    [recovery, 'dr-cluster', 2],
  ])('has a steady service in %s', async (region, cluster, tasks) => {
    const { ecs } = createClients(proxy.url, region);
    const found = await ecs.send(new DescribeServicesCommand({ cluster, services: ['app-service'] }));
    expect(found.services?.[0]).toMatchObject({ desiredCount: tasks, runningCount: tasks, pendingCount: 0 });
    expect(found.services?.[0]?.deployments?.[0]).toMatchObject({ rolloutState: 'COMPLETED' });
  });

  it('has healthy targets behind the standby load balancer', async () => {
    const { elb } = createClients(proxy.url, recovery);
    const found = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: estate.sites[recovery].targetGroup }),
    );
    expect(found.TargetHealthDescriptions?.map((target) => target.TargetHealth?.State)).toEqual(['healthy', 'healthy']);
  });

  it('has a failover pair of aliases for one name', async () => {
    const { route53 } = createClients(proxy.url, primary);
    const found = await route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: estate.dns.zone }));
    const pair = found.ResourceRecordSets?.filter((set) => set.Failover !== undefined) ?? [];
    expect(pair.map((set) => [set.Failover, set.AliasTarget?.DNSName])).toEqual([
      ['PRIMARY', estate.sites[primary].loadBalancer.dns],
      ['SECONDARY', estate.sites[recovery].loadBalancer.dns],
    ]);
    expect(pair[0]?.HealthCheckId).toBe(estate.dns.healthCheck);
  });

  it('keeps an object in the switch bucket as it was put', async () => {
    const { s3 } = createClients(proxy.url, recovery);
    await s3.send(
      new PutObjectCommand({ Bucket: estate.bucket, Key: 'failover', Body: 'moved', ContentType: 'text/plain' }),
    );
    const head = await s3.send(new HeadObjectCommand({ Bucket: estate.bucket, Key: 'failover' }));
    expect(head).toMatchObject({ ContentLength: 5, ContentType: 'text/plain' });
    await expect(s3.send(new HeadObjectCommand({ Bucket: estate.bucket, Key: 'other' }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  });

  it('has a lag reading in the replica’s Region', async () => {
    const { cloudwatch } = createClients(proxy.url, recovery);
    const Metric = {
      Namespace: 'AWS/RDS',
      MetricName: 'ReplicaLag',
      Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'dr-database' }],
    };
    const found = await cloudwatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Date.now() - 10 * 60_000),
        EndTime: new Date(),
        MetricDataQueries: [{ Id: 'lag', MetricStat: { Metric, Period: 60, Stat: 'Maximum' } }],
      }),
    );
    expect(found.MetricDataResults?.[0]?.Values).toContain(3);
  });
});
