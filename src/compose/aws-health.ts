import type { Answered } from '../actions/kit/aws.ts';

export interface AwsHealth {
  answered(answer: Answered): void;
  /** What AWS does not do at present, in a sentence; null when every service answered last, or nobody asked lately. */
  trouble(): { why: string; since: Date } | null;
}

interface Silence {
  why: string;
  since: Date;
  last: Date;
  times: number;
}

/** A single failure is what retries are for. */
const enough = 2;
/** What nobody has asked since says nothing of now. */
const staleMs = 15 * 60_000;

/** How AWS answered whoever asked it last, by service and Region. It asks nothing by itself. */
export function createAwsHealth(now: () => Date): AwsHealth {
  const silent = new Map<string, Silence>();
  return {
    answered: ({ service, region, trouble }) => {
      const place = `${service} in ${region}`;
      if (trouble === null) return void silent.delete(place);
      const at = now();
      const before = silent.get(place);
      const times = (before?.times ?? 0) + 1;
      silent.set(place, { why: trouble.why, since: before?.since ?? at, last: at, times });
    },
    trouble: () => {
      const fresh = now().getTime() - staleMs;
      const lasting = [...silent].filter(([, { times, last }]) => times >= enough && last.getTime() > fresh);
      const [first] = lasting.sort(([, one], [, other]) => one.since.getTime() - other.since.getTime());
      if (!first) return null;
      const why = lasting.map(([place, { why: reason, times }]) => `${place}: ${reason}, ${times} times in a row`);
      return { why: why.join('; '), since: first[1].since };
    },
  };
}
