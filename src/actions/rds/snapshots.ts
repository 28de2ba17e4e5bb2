import { type DBSnapshot, DescribeDBSnapshotsCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export const snapshotArn = z
  .string()
  .regex(
    /^arn:aws[\w-]*:rds:[a-z0-9-]+:\d{12}:snapshot:.+$/,
    'expected the ARN of a DB snapshot, such as arn:aws:rds:us-west-2:123456789012:snapshot:orders',
  );

/** RDS uses the key of what is encrypted as its caller. */
export const keyPermissions = ['kms:CreateGrant', 'kms:DescribeKey'];

export interface SnapshotRef {
  region: string;
  /** Its identifier, or its ARN. */
  snapshot: string;
}

export function snapshotId(snapshot: string): string {
  return snapshot.startsWith('arn:') ? snapshot.split(':').slice(6).join(':') : snapshot;
}

export function regionOf(arn: string): string {
  return arn.split(':')[3] ?? '';
}

export function nameSnapshot({ region, snapshot }: SnapshotRef): string {
  return `DB snapshot ${snapshotId(snapshot)} in ${region}`;
}

/** A failed one stays so. Source: RDS user guide, DB snapshot status. */
export const failedSnapshot = /^(failed|incompatible-.*|deleting)$/;

export function readSnapshot(ref: SnapshotRef, ctx: KitContext): Promise<Reading<DBSnapshot>> {
  const id = snapshotId(ref.snapshot);
  // RDS finds an automated snapshot by its name only when its type is named as well.
  const type = id.startsWith('rds:') ? { SnapshotType: 'automated' } : {};
  return reading(nameSnapshot(ref), async () => {
    const command = new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: id, ...type });
    const [snapshot] = stated((await ctx.aws.rds(ref.region).send(command)).DBSnapshots, 'the snapshots');
    if (!snapshot) throw Object.assign(new Error('no such snapshot'), { name: 'DBSnapshotNotFound' });
    return known(snapshot);
  });
}

/** Every snapshot of a Region, of one instance if it is named; RDS promises no order and gives them by pages. */
export function listSnapshots(
  region: string,
  instance: string | undefined,
  ctx: KitContext,
): Promise<Reading<DBSnapshot[]>> {
  return reading(`DB snapshots ${instance === undefined ? '' : `of ${instance} `}in ${region}`, async () => {
    const found: DBSnapshot[] = [];
    let marker: string | undefined;
    do {
      const page = await ctx.aws.rds(region).send(
        new DescribeDBSnapshotsCommand({
          ...(instance === undefined ? {} : { DBInstanceIdentifier: instance }),
          ...(marker === undefined ? {} : { Marker: marker }),
        }),
      );
      found.push(...stated(page.DBSnapshots, 'the snapshots').map(known));
      marker = page.Marker || undefined;
    } while (marker !== undefined);
    return found;
  });
}

function known(snapshot: DBSnapshot): DBSnapshot {
  stated(snapshot.Status, 'a status');
  stated(snapshot.DBSnapshotIdentifier, 'an identifier');
  stated(snapshot.DBSnapshotArn, 'an ARN');
  return snapshot;
}

export function snapshotStatus(snapshot: DBSnapshot): string {
  return snapshot.Status ?? 'no status';
}

/** When the newest data in it was written: a copy is newer than what is in it. Undefined until it is there. */
export function dataUntil(snapshot: DBSnapshot): Date | undefined {
  return snapshot.SnapshotDatabaseTime ?? snapshot.OriginalSnapshotCreateTime ?? snapshot.SnapshotCreateTime;
}
