import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { DataAtRisk } from '../../domain/action.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { InstanceRef } from './instance.ts';

/** Replication lag as its metric shows it. Source: CloudWatch ReplicaLag of the replica, in the replica's own Region. */
export type Lag =
  /** `seconds` is the largest in the window that matters; `newest` belongs to `at`, the start of its minute. */
  | { state: 'known'; seconds: number; newest: number; at: Date }
  /** -1: replication is not running. */
  | { state: 'inactive'; at: Date }
  | { state: 'missing'; why: string };

interface Point {
  at: Date;
  value: number;
}

const minute = 60_000;
const liveWindow = 5 * minute;
const pastWindow = 60 * minute;

/**
 * Graceful runs judge the last five minutes. An ungraceful run takes the last minute that ended before the impact began:
 * the metric goes on growing while the primary is dead, and then says nothing about what was lost.
 */
export async function readLag(ref: InstanceRef, ctx: KitContext): Promise<Reading<Lag>> {
  return ctx.mode === 'ungraceful' ? readLagBeforeImpact(ref, ctx) : readLiveLag(ref, ctx);
}

const growing =
  'It counts since before the impact began, and grows while the primary is idle or dead: an ungraceful plan counts up to the impact';

/** Seconds of writes that would be lost by promoting now, in a sentence with the reading's own time. */
export function dataAtRisk(read: Reading<Lag>, { impactBeganAt, mode }: KitContext): DataAtRisk {
  if (!read.ok) return { seconds: null, explain: `Not known: ${read.sentence}` };
  const lag = read.value;
  if (lag.state === 'missing') return { seconds: null, explain: `Not known: ${lag.why}.` };
  if (lag.state === 'inactive') {
    return { seconds: null, explain: `Not known: replication was not running at ${sayUtc(lag.at)}.` };
  }
  const grown = impactBeganAt !== undefined && lag.at.getTime() - lag.seconds * 1_000 <= impactBeganAt.getTime();
  const behind = `the replica was ${lag.seconds} s behind at ${sayUtc(lag.at)}`;
  if (mode === 'graceful' || impactBeganAt === undefined) {
    const since = grown ? `. ${growing}` : '';
    return { seconds: lag.seconds, explain: `Up to ${lag.seconds} s of writes: ${behind}${since}.` };
  }
  const gap = Math.max(0, Math.round((impactBeganAt.getTime() - lag.at.getTime()) / 1_000));
  const seconds = lag.newest + gap;
  const rest = `and ${gap} s passed from then until the impact began. What was written after that is lost as well`;
  return { seconds, explain: `Up to ${seconds} s of writes: ${behind}, ${rest}.` };
}

async function readLiveLag(ref: InstanceRef, ctx: KitContext): Promise<Reading<Lag>> {
  const now = ctx.clock.now().getTime();
  const read = await readPoints(ref, ctx, new Date(now - liveWindow), new Date(now + minute));
  if (!read.ok) return read;
  const [newest] = read.value;
  if (!newest)
    return known({ state: 'missing', why: `ReplicaLag of ${ref.instance} has no value of the last 5 minutes` });
  if (newest.value < 0) return known({ state: 'inactive', at: newest.at });
  const seconds = Math.max(...read.value.map(({ value }) => value));
  return known({ state: 'known', seconds, newest: newest.value, at: newest.at });
}

async function readLagBeforeImpact(ref: InstanceRef, ctx: KitContext): Promise<Reading<Lag>> {
  const impact = ctx.impactBeganAt;
  if (impact === undefined) return known({ state: 'missing', why: 'no incident says when the impact began' });
  const read = await readPoints(ref, ctx, new Date(impact.getTime() - pastWindow), impact);
  if (!read.ok) return read;
  const whole = read.value.filter(({ at, value }) => value >= 0 && at.getTime() + minute <= impact.getTime());
  const [last] = whole;
  if (last) return known({ state: 'known', seconds: last.value, newest: last.value, at: last.at });
  return known({
    state: 'missing',
    why: `ReplicaLag of ${ref.instance} has no value of the hour before the impact began`,
  });
}

/** One maximum a minute, newest first, in whole seconds: rounded up, for a lag is never told smaller than it is. */
function readPoints(ref: InstanceRef, ctx: KitContext, from: Date, to: Date): Promise<Reading<Point[]>> {
  return reading(`replication lag of ${ref.instance} in ${ref.region}`, async () => {
    const { MetricDataResults } = await ctx.aws.cloudWatch(ref.region).send(
      new GetMetricDataCommand({
        StartTime: from,
        EndTime: to,
        ScanBy: 'TimestampDescending',
        MetricDataQueries: [
          {
            Id: 'lag',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/RDS',
                MetricName: 'ReplicaLag',
                Dimensions: [{ Name: 'DBInstanceIdentifier', Value: ref.instance }],
              },
              Period: 60,
              Stat: 'Maximum',
            },
          },
        ],
      }),
    );
    const [result] = stated(MetricDataResults, 'the metric');
    const timestamps = stated(result?.Timestamps, 'the times of its values');
    const values = result?.Values ?? [];
    return timestamps
      .flatMap((at, index) => (values[index] === undefined ? [] : [{ at, value: Math.ceil(values[index]) }]))
      .sort((a, b) => b.at.getTime() - a.at.getTime());
  });
}

function known(value: Lag): Reading<Lag> {
  return { ok: true, value };
}
