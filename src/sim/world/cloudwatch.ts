import type {
  Dimension,
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  GetMetricStatisticsCommandInput,
  GetMetricStatisticsCommandOutput,
  MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { seriesKey } from './metrics.ts';
import { type Operations, reading, type Scene } from './operation.ts';
import { refuse } from './refuse.ts';

export const cloudwatchOperations: Operations = {
  GetMetricData: reading<GetMetricDataCommandInput, GetMetricDataCommandOutput>((scene, input) => ({
    MetricDataResults: (input.MetricDataQueries ?? []).map((query) => answerQuery(scene, query, input)),
    Messages: [],
  })),
  GetMetricStatistics: reading<GetMetricStatisticsCommandInput, GetMetricStatisticsCommandOutput>(getStatistics),
};

interface Window {
  from: number;
  until: number;
  periodMs: number;
}

interface Period {
  at: number;
  values: number[];
}

const statistics: Readonly<Record<string, (values: number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Maximum: (values) => Math.max(...values),
  Minimum: (values) => Math.min(...values),
  Sum: sum,
  SampleCount: (values) => values.length,
};

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Samples by period, oldest first; a metric that nobody records has none. */
function collectPeriods(
  scene: Scene,
  metric: { Namespace?: string | undefined; MetricName?: string | undefined; Dimensions?: Dimension[] | undefined },
  window: Window,
): Period[] {
  const dimensions = Object.fromEntries((metric.Dimensions ?? []).map((one) => [one.Name ?? '', one.Value ?? '']));
  const key = seriesKey(scene.region, metric.Namespace ?? '', metric.MetricName ?? '', dimensions);
  const periods = new Map<number, number[]>();
  for (const [at, value] of scene.state.series[key] ?? []) {
    if (at < window.from || at >= window.until) continue;
    const start = Math.floor(at / window.periodMs) * window.periodMs;
    periods.set(start, [...(periods.get(start) ?? []), value]);
  }
  return [...periods].map(([at, values]) => ({ at, values }));
}

function windowOf(from: Date | undefined, until: Date | undefined, seconds: number | undefined): Window {
  if (!from || !until || from >= until) refuse('InvalidParameterValue', 'StartTime must be before EndTime.');
  if (!seconds || seconds % 60 !== 0)
    refuse('InvalidParameterValue', `Period must be a multiple of 60, found ${seconds}.`);
  return { from: from.getTime(), until: until.getTime(), periodMs: seconds * 1000 };
}

function statisticOf(name: string | undefined): (values: number[]) => number {
  return statistics[name ?? ''] ?? refuse('InvalidParameterValue', `The value ${name} for Stat is not supported.`);
}

function answerQuery(scene: Scene, query: MetricDataQuery, input: GetMetricDataCommandInput) {
  const asked = query.MetricStat;
  if (!asked?.Metric) refuse('ValidationError', 'The simulated cloud answers MetricStat queries, not expressions.');
  const value = statisticOf(asked.Stat);
  const periods = collectPeriods(scene, asked.Metric, windowOf(input.StartTime, input.EndTime, asked.Period));
  if (input.ScanBy !== 'TimestampAscending') periods.reverse();
  return {
    Id: query.Id,
    Label: query.Label ?? asked.Metric.MetricName,
    Timestamps: periods.map((period) => new Date(period.at)),
    Values: periods.map((period) => value(period.values)),
    StatusCode: 'Complete' as const,
  };
}

function getStatistics(scene: Scene, input: GetMetricStatisticsCommandInput) {
  const periods = collectPeriods(scene, input, windowOf(input.StartTime, input.EndTime, input.Period));
  const asked = (input.Statistics ?? []).map((name) => [name, statisticOf(name)] as const);
  const datapoints = periods.map(({ at, values }) => ({
    Timestamp: new Date(at),
    ...Object.fromEntries(asked.map(([name, value]) => [name, value(values)])),
  }));
  return { Label: input.MetricName, Datapoints: datapoints };
}
