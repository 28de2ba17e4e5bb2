import { DescribeAlarmsCommand, type MetricAlarm, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import stringify from 'safe-stable-stringify';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { ownerTags } from '../kit/owner.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { nameTable, type TableRef } from './table.ts';

const namespace = 'AWS/DynamoDB';
const arns = z.array(z.string()).optional();

/** An alarm of a table, as PutMetricAlarm takes it but for its name and the table. */
export const Alarm = z.strictObject({
  MetricName: z.string(),
  Dimensions: z
    .array(z.strictObject({ Name: z.string(), Value: z.string() }))
    .optional()
    .describe('But for TableName.'),
  Statistic: z.enum(['Average', 'Maximum', 'Minimum', 'SampleCount', 'Sum']).optional(),
  ExtendedStatistic: z.string().optional().describe('Instead of Statistic, a percentile such as p99.'),
  Period: z.int().min(10),
  EvaluationPeriods: z.int().min(1),
  DatapointsToAlarm: z.int().min(1).optional(),
  Threshold: z.number(),
  ComparisonOperator: z.enum([
    'GreaterThanOrEqualToThreshold',
    'GreaterThanThreshold',
    'LessThanOrEqualToThreshold',
    'LessThanThreshold',
  ]),
  TreatMissingData: z.string().optional(),
  AlarmDescription: z.string().optional(),
  ActionsEnabled: z.boolean().optional(),
  AlarmActions: arns,
  OKActions: arns,
  InsufficientDataActions: arns,
});
export type Alarm = z.output<typeof Alarm>;
export type Alarms = Record<string, Alarm>;

interface SeenAlarms {
  /** By name, those of one metric and one statistic. */
  alarms: Alarms;
  /** Names of those that watch the table in another way, such as by a formula: they cannot be told again. */
  others: string[];
}

export function readAlarms(ref: TableRef, ctx: KitContext): Promise<Reading<SeenAlarms>> {
  return reading(`alarms of the ${nameTable(ref)}`, async () => {
    const found: MetricAlarm[] = [];
    for (let next: string | undefined; ; ) {
      const command = new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm'], ...(next ? { NextToken: next } : {}) });
      const page = await ctx.aws.cloudWatch(ref.region).send(command);
      found.push(...stated(page.MetricAlarms, 'the alarms'));
      next = page.NextToken;
      if (!next) break;
    }
    return sorted(found.filter((one) => isOf(one, ref)));
  });
}

function isOf({ Namespace, Dimensions, Metrics = [] }: MetricAlarm, { table }: TableRef): boolean {
  const watched = [{ Namespace, Dimensions }, ...Metrics.map(({ MetricStat }) => ({ ...MetricStat?.Metric }))];
  return watched.some(
    (one) =>
      one.Namespace === namespace && one.Dimensions?.some(({ Name, Value }) => Name === 'TableName' && Value === table),
  );
}

function sorted(found: readonly MetricAlarm[]): SeenAlarms {
  const seen: SeenAlarms = { alarms: {}, others: [] };
  for (const alarm of found) {
    const name = stated(alarm.AlarmName, 'the name of an alarm');
    const Dimensions = (alarm.Dimensions ?? []).filter((one) => one.Name !== 'TableName');
    const { data } = Alarm.loose().safeParse({ ...alarm, Dimensions: Dimensions.length > 0 ? Dimensions : undefined });
    if (data) seen.alarms[name] = plain(data);
    else seen.others.push(name);
  }
  return seen;
}

/** What it is, without what AWS adds, and without lists that are empty. */
function plain(alarm: Alarm): Alarm {
  const kept = Object.entries(alarm).filter(([name, value]) => {
    const isEmpty = value === undefined || (Array.isArray(value) && value.length === 0);
    return name in Alarm.shape && !isEmpty && !(name === 'ActionsEnabled' && value === true);
  });
  return Alarm.parse(Object.fromEntries(kept));
}

/** The source's alarms under names of the other table's; none from another Region, whose topics cannot be told from here. */
export function alarmsFor(alarms: Alarms, from: TableRef, to: TableRef): Alarms {
  if (from.region !== to.region) return {};
  const rename = (name: string): string =>
    name.includes(from.table) ? name.replaceAll(from.table, to.table) : `${name}-${to.table}`;
  return Object.fromEntries(Object.entries(alarms).map(([name, alarm]) => [rename(name).slice(0, 255), alarm]));
}

/** Those that are wanted and not there as they should be. */
export function missingAlarms(wanted: Alarms, now: Alarms): string[] {
  return Object.keys(wanted).filter((name) => stringify(wanted[name] && plain(wanted[name])) !== stringify(now[name]));
}

export async function putAlarms(ref: TableRef, wanted: Alarms, now: Alarms, ctx: KitContext): Promise<void> {
  for (const name of missingAlarms(wanted, now)) {
    const { Dimensions = [], ...alarm } = stated(wanted[name], 'the alarm');
    const command = new PutMetricAlarmCommand({
      ...alarm,
      AlarmName: name,
      Namespace: namespace,
      Dimensions: [{ Name: 'TableName', Value: ref.table }, ...Dimensions],
      Tags: ownerTags(ctx.owner),
    });
    await ctx.aws.cloudWatch(ref.region).send(command);
  }
}
