import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import { Duration, durationMs } from '../../domain/duration.ts';
import { judgeReading, notKnown, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

const comparisons = {
  'at most': (value: number, threshold: number) => value <= threshold,
  'at least': (value: number, threshold: number) => value >= threshold,
  'less than': (value: number, threshold: number) => value < threshold,
  'more than': (value: number, threshold: number) => value > threshold,
} as const;
const comparisonNames = Object.keys(comparisons) as [keyof typeof comparisons];

const Input = z.strictObject({
  region,
  namespace: label.describe('Namespace, such as AWS/ApplicationELB.'),
  metric: label.describe('Metric name.'),
  dimensions: z.record(label, label).default({}).describe('Dimensions by name.'),
  statistic: z
    .enum(['Average', 'Maximum', 'Minimum', 'Sum', 'SampleCount'])
    .describe('How the values of one period become one.'),
  period: Duration.default('1m')
    .refine((period) => durationMs(period) % 60_000 === 0 && durationMs(period) > 0, 'expected whole minutes')
    .describe('Length of one value; whole minutes.'),
  comparison: z.enum(comparisonNames).describe('How the value must compare with the threshold.'),
  threshold: z.number().describe("In the metric's own unit."),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  value: z.number().describe("The newest value, in the metric's own unit."),
  at: instant.describe('Start of the period that it is for.'),
});
type Point = z.output<typeof Output>;

export const checkMetric = defineRead({
  name: 'cloudwatch.check-metric',
  version: 1,
  summary: 'Wait until the newest value of a metric is as it should be',
  input: Input,
  output: Output,
  binds: ['metric', 'condition'],
  checks: ['the metric has data; missing data is unknown'],
  iam: { read: ['cloudwatch:GetMetricData'], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '10m',
  async plan(input, ctx) {
    const question: Question = { id: 'data', title: 'metric has data', expected: 'a value', carry: 'with-reason' };
    const read = await readNewest(input, ctx);
    const metric = nameMetric(input);
    const condition = `${input.comparison} ${input.threshold}`;
    const check =
      read.ok && read.value === null ? notKnown(question, missing(input)) : judgeReading(question, read, describe);
    return {
      target: null,
      before: { metric, value: read.ok && read.value ? rounded(read.value.value) : null },
      after: { metric, condition },
      noChange: false,
      checks: [check],
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const read = await readNewest(input, ctx);
    if (!read.ok) return notSeen(read, pace.service);
    if (read.value === null) return { state: 'unknown', why: missing(input), againInMs: pace.service };
    const { value, at } = read.value;
    if (comparisons[input.comparison](value, input.threshold)) return { state: 'done', output: { value, at } };
    const progress = `${rounded(value)} at ${at}, expected ${input.comparison} ${input.threshold}`;
    return { state: 'working', progress, againInMs: pace.service };
  },
});

function nameMetric({ namespace, metric, region: home }: In): string {
  return `${namespace} ${metric} in ${home}`;
}

function missing(input: In): string {
  return `${nameMetric(input)} has no value of its last periods: missing is not the same as good.`;
}

function describe(point: Point | null): { pass: boolean; found: string } {
  return { pass: point !== null, found: point === null ? 'no value' : `${rounded(point.value)} at ${point.at}` };
}

/** An average of many has more digits than anybody reads; those before the point are all said. */
function rounded(value: number): number {
  const before = String(Math.trunc(Math.abs(value))).length;
  return Number.isInteger(value) ? value : Number(value.toPrecision(Math.max(6, before + 2)));
}

/** Looks back five periods, and at least five minutes, for values come late. */
function readNewest(input: In, ctx: KitContext): Promise<Reading<Point | null>> {
  return reading(`metric ${nameMetric(input)}`, async () => {
    const now = ctx.clock.now().getTime();
    const periodMs = durationMs(input.period);
    const { MetricDataResults } = await ctx.aws.cloudWatch(input.region).send(
      new GetMetricDataCommand({
        StartTime: new Date(now - Math.max(5 * periodMs, 300_000)),
        EndTime: new Date(now),
        ScanBy: 'TimestampDescending',
        MetricDataQueries: [
          { Id: 'value', MetricStat: { Metric: metricOf(input), Period: periodMs / 1_000, Stat: input.statistic } },
        ],
      }),
    );
    const [result] = stated(MetricDataResults, 'the metric');
    const timestamps = stated(result?.Timestamps, 'the times of its values');
    const points = timestamps.flatMap((at, index) => {
      const value = result?.Values?.[index];
      return value === undefined ? [] : [{ value, at: at.toISOString() }];
    });
    return points.sort((a, b) => b.at.localeCompare(a.at))[0] ?? null;
  });
}

function metricOf({ namespace, metric, dimensions }: In) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Namespace: namespace, MetricName: metric, Dimensions };
}
