import { type DBInstance, DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export interface InstanceRef {
  region: string;
  instance: string;
}

export function nameInstance({ region, instance }: InstanceRef): string {
  return `DB instance ${instance} in ${region}`;
}

export function readInstance(ref: InstanceRef, ctx: KitContext): Promise<Reading<DBInstance>> {
  return reading(nameInstance(ref), async () => {
    const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: ref.instance });
    const [instance] = stated((await ctx.aws.rds(ref.region).send(command)).DBInstances, 'the instances');
    if (!instance) throw Object.assign(new Error('no such instance'), { name: 'DBInstanceNotFound' });
    stated(instance.DBInstanceStatus, 'a status');
    stated(instance.DBInstanceArn, 'an ARN');
    return instance;
  });
}

export function statusOf(instance: DBInstance): string {
  return instance.DBInstanceStatus ?? 'no status';
}

/** Statuses from which an instance does not become available by itself. Source: RDS user guide, DB instance status. */
export const brokenStatus =
  /^(failed|incompatible-(network|option-group|parameters|restore)|inaccessible-encryption-credentials(-recoverable)?|storage-full|restore-error|insufficient-capacity|stopp(ed|ing)|deleting)$/;

export function sayBroken(ref: InstanceRef, status: string): string {
  return `${nameInstance(ref)} is ${status}: expected it to become available. Look at its events in RDS.`;
}

/** The source it replicates from, or null when it is standalone. */
export function sourceOf(instance: DBInstance): string | null {
  return instance.ReadReplicaSourceDBInstanceIdentifier || null;
}

/** What RDS says of its replication, or undefined when it says nothing. */
export function replicationOf(instance: DBInstance): { normal: boolean; text: string } | undefined {
  const info = instance.StatusInfos?.find(({ StatusType }) => StatusType === 'read replication');
  if (!info) return undefined;
  const text = [info.Status ?? 'no status', info.Message].filter(Boolean).join(': ');
  return { normal: info.Normal === true && info.Status === 'replicating', text };
}

export function endpointOf(instance: DBInstance): string | null {
  const { Address: address, Port: port } = instance.Endpoint ?? {};
  if (!address) return null;
  return port === undefined ? address : `${address}:${port}`;
}

export function hostOf(endpoint: string): string {
  return endpoint.replace(/:\d+$/, '');
}
