import {
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { effect, sendInTurn } from '../kit/effect.ts';
import { putAlarms } from './alarms.ts';
import { sendPolicy } from './policy.ts';
import type { SeenSettings, SettingName, Settings } from './settings.ts';
import { nameTable, type TableRef } from './table.ts';
import { differing, policyOf } from './wanted-settings.ts';

type Send = (ref: TableRef, wanted: Settings, now: SeenSettings, ctx: KitContext) => Promise<unknown>;

/** Sends what can be changed at once: a table takes one change of its own at a time, and its expiry one in an hour. */
export async function sendSettings(ref: TableRef, wanted: Settings, now: SeenSettings, ctx: KitContext): Promise<void> {
  if (now.table.TableStatus !== 'ACTIVE') return;
  const left = differing(wanted, now).filter((name) => name !== 'ttl' || !now.ttlMoves);
  const [first] = left.filter((name) => isOfTable(name));
  const names = left.filter((one) => !isOfTable(one) || one === first);
  const what = (name: SettingName): string => `Change of ${sayName(name)} of the ${nameTable(ref)}`;
  await sendInTurn(names.map((name) => () => effect(what(name), () => senders[name](ref, wanted, now, ctx))));
}

export function sayName(name: SettingName): string {
  return name.replaceAll('_', ' ');
}

function isOfTable(name: SettingName): boolean {
  return name === 'stream' || name === 'deletion_protection';
}

const senders: Readonly<Record<SettingName, Send>> = {
  alarms: (ref, { alarms = {} }, now, ctx) => putAlarms(ref, alarms, now.alarms, ctx),
  tags: sendTags,
  point_in_time_recovery: (ref, { point_in_time_recovery: on = false }, _now, ctx) =>
    ctx.aws.dynamoDb(ref.region).send(
      new UpdateContinuousBackupsCommand({
        TableName: ref.table,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: on },
      }),
    ),
  policy: (ref, wanted, { table, policy: before }, ctx) =>
    sendPolicy({ ...ref, arn: table.TableArn }, { before, wanted: policyOf(wanted) }, ctx),
  ttl: sendTtl,
  stream: sendStream,
  deletion_protection: (ref, { deletion_protection: on = false }, _now, ctx) =>
    ctx.aws.dynamoDb(ref.region).send(new UpdateTableCommand({ TableName: ref.table, DeletionProtectionEnabled: on })),
};

async function sendTags(ref: TableRef, { tags = {} }: Settings, now: SeenSettings, ctx: KitContext): Promise<void> {
  const ResourceArn = now.table.TableArn;
  const off = Object.keys(tags).filter((key) => tags[key] === null && key in now.tags);
  const Tags = Object.entries(tags).flatMap(([Key, Value]) => (Value === null ? [] : [{ Key, Value }]));
  const dynamoDb = ctx.aws.dynamoDb(ref.region);
  if (off.length > 0) await dynamoDb.send(new UntagResourceCommand({ ResourceArn, TagKeys: off }));
  if (Tags.length > 0) await dynamoDb.send(new TagResourceCommand({ ResourceArn, Tags }));
}

/** From one attribute to another it goes by way of none. */
function sendTtl(ref: TableRef, { ttl = null }: Settings, now: SeenSettings, ctx: KitContext) {
  const TimeToLiveSpecification =
    now.ttl === null ? { Enabled: true, AttributeName: ttl ?? '' } : { Enabled: false, AttributeName: now.ttl };
  const command = new UpdateTimeToLiveCommand({ TableName: ref.table, TimeToLiveSpecification });
  return ctx.aws.dynamoDb(ref.region).send(command);
}

/** So does a stream from one view to another. */
function sendStream(ref: TableRef, { stream = null }: Settings, now: SeenSettings, ctx: KitContext) {
  const StreamSpecification =
    now.stream === null && stream !== null ? { StreamEnabled: true, StreamViewType: stream } : { StreamEnabled: false };
  const command = new UpdateTableCommand({ TableName: ref.table, StreamSpecification });
  return ctx.aws.dynamoDb(ref.region).send(command);
}
