import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { mapReading, type Reading, reading, stated } from '../kit/reading.ts';
import { Alarm, type Alarms, readAlarms } from './alarms.ts';
import { parsePolicy, readPolicy, type SeenPolicy } from './policy.ts';
import { readWindow } from './recovery-window.ts';
import { nameTable, readTable, readTags, type SeenTable, type TableRef } from './table.ts';

/** Settings of a table that no restore and no import brings along; what is absent is left as it is. */
export const Settings = z.strictObject({
  ttl: z
    .string()
    .min(1, 'expected an attribute')
    .nullable()
    .optional()
    .describe('Attribute by which items expire, or null.'),
  stream: z
    .enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'])
    .nullable()
    .optional()
    .describe('What its stream shows of a change, or null.'),
  point_in_time_recovery: z.boolean().optional().describe('Whether it can be restored to any time.'),
  deletion_protection: z.boolean().optional().describe('Whether it can be deleted only once this is off.'),
  tags: z
    .record(z.string(), z.string().nullable())
    .refine((tags) => Object.keys(tags).every(isOwnTag), 'expected no tag of AWS or of a run')
    .optional()
    .describe('Tags that it is to bear, and with null those that it is not to.'),
  policy: z
    .string()
    .refine((text) => parsePolicy(text) !== undefined, 'expected a policy document, as JSON')
    .nullable()
    .optional()
    .describe('Its resource policy, as JSON, or null.'),
  alarms: z
    .record(z.string(), Alarm)
    .optional()
    .describe('CloudWatch alarms of its metrics that it is to have, by name.'),
});
export type Settings = z.output<typeof Settings>;
export type SettingName = keyof Settings;

/** The settings of a table as they were read. */
export interface SeenSettings {
  table: SeenTable;
  ttl: string | null;
  /** It is being turned on or off, and cannot be changed meanwhile. */
  ttlMoves: boolean;
  stream: NonNullable<Settings['stream']> | null;
  point_in_time_recovery: boolean;
  deletion_protection: boolean;
  tags: Record<string, string>;
  policy: SeenPolicy | null;
  alarms: Alarms;
  /** Names of alarms that watch it, and cannot be carried over. */
  otherAlarms: string[];
}

/** AWS's own tags cannot be given, and those of a run say who made a table: they stay with it. */
export function isOwnTag(key: string): boolean {
  return !/^(aws|muster):/.test(key);
}

export async function readSettings(ref: TableRef, ctx: KitContext): Promise<Reading<SeenSettings>> {
  const read = await readTable(ref, ctx);
  if (!read.ok) return read;
  const table = read.value;
  const [ttl, stream, window, tags, alarms, policy] = await Promise.all([
    readTtl(ref, ctx),
    reading(`stream of the ${nameTable(ref)}`, async () => streamOf(table)),
    readWindow(ref, ctx),
    readTags(ref, table.TableArn, ctx),
    readAlarms(ref, ctx),
    readPolicy(ref, table, ctx),
  ]);
  if (!ttl.ok) return ttl;
  if (!stream.ok) return stream;
  if (!window.ok) return window;
  if (!tags.ok) return tags;
  if (!alarms.ok) return alarms;
  return mapReading(policy, (found) => ({
    table,
    ...ttl.value,
    stream: stream.value,
    point_in_time_recovery: window.value.enabled,
    deletion_protection: table.DeletionProtectionEnabled === true,
    tags: Object.fromEntries(tags.value.map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    policy: found,
    alarms: alarms.value.alarms,
    otherAlarms: alarms.value.others,
  }));
}

function streamOf({ StreamSpecification: stream }: SeenTable): SeenSettings['stream'] {
  return stream?.StreamEnabled ? stated(stream.StreamViewType, 'what its stream shows') : null;
}

function readTtl(ref: TableRef, ctx: KitContext): Promise<Reading<{ ttl: string | null; ttlMoves: boolean }>> {
  return reading(`expiry of the ${nameTable(ref)}`, async () => {
    const command = new DescribeTimeToLiveCommand({ TableName: ref.table });
    const { TimeToLiveDescription: found } = await ctx.aws.dynamoDb(ref.region).send(command);
    const status = stated(found?.TimeToLiveStatus, 'its status');
    const on = status === 'ENABLED' || status === 'ENABLING';
    return { ttl: on ? stated(found?.AttributeName, 'its attribute') : null, ttlMoves: status.endsWith('ING') };
  });
}
