/** Calls a minute for each method of a tier, and messages a second in each channel. Source: docs.slack.dev rate limits. */
const perMinute = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;
export type Tier = keyof typeof perMinute | 'post' | 'free';

const burst = 5;

export interface RateLimits {
  /** Real seconds to wait, or undefined when the call may go on. */
  refuse(method: string, tier: Tier, channel: string): number | undefined;
  /** Every call is refused for this many of the clock's milliseconds. */
  refuseAll(ms: number): void;
  /** In milliseconds of the clock; the past when calls are taken again. */
  readonly refusingUntil: number;
  enabled: boolean;
}

/** `now` in milliseconds of the workspace's clock, `scale` of which pass in one real millisecond. */
export function createRateLimits(now: () => number, scale: () => number, enabled: boolean): RateLimits {
  const recent = new Map<string, number[]>();
  const buckets = new Map<string, { left: number; at: number }>();
  let until = 0;
  const seconds = (ms: number) => Math.max(1, Math.ceil(ms / (scale() || 1) / 1000));

  function byMethod(method: string, tier: keyof typeof perMinute): number | undefined {
    const calls = (recent.get(method) ?? []).filter((at) => at > now() - 60_000);
    recent.set(method, calls);
    const oldest = calls[0];
    if (calls.length >= perMinute[tier] && oldest !== undefined) return seconds(oldest + 60_000 - now());
    calls.push(now());
    return undefined;
  }

  function byChannel(channel: string): number | undefined {
    const bucket = buckets.get(channel) ?? { left: burst, at: now() };
    bucket.left = Math.min(burst, bucket.left + (now() - bucket.at) / 1000);
    bucket.at = now();
    buckets.set(channel, bucket);
    if (bucket.left < 1) return seconds((1 - bucket.left) * 1000);
    bucket.left -= 1;
    return undefined;
  }

  const limits: RateLimits = {
    enabled,
    get refusingUntil() {
      return until;
    },
    refuse: (method, tier, channel) => {
      if (until > now()) return seconds(until - now());
      if (!limits.enabled || tier === 'free') return undefined;
      return tier === 'post' ? byChannel(channel) : byMethod(method, tier);
    },
    refuseAll: (ms) => {
      until = now() + ms;
    },
  };
  return limits;
}
