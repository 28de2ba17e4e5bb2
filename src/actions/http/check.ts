import { z } from 'zod';
import { Duration, durationMs } from '../../domain/duration.ts';
import { notSeen } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead, type Observed } from '../kit/define.ts';
import { pace, usual } from '../kit/pace.ts';
import { reading } from '../kit/reading.ts';

const Input = z.strictObject({
  url: z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://api.example.com/health' })
    .describe('Address to ask, by GET.'),
  status: z.int().min(100).max(599).default(200).describe('HTTP status of a good answer.'),
  contains: z.string().min(1).max(500).optional().describe('Text that a good answer holds.'),
  attempts: z
    .int()
    .min(1, 'expected 1 to 10')
    .max(10, 'expected 1 to 10')
    .default(3)
    .describe('Good answers in a row that are enough.'),
  within: Duration.optional().describe('How fast 95 of 100 of these answers are at least: of 19 or fewer, all.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  status: z.int().describe('HTTP status of the last answer.'),
  ms: z.number().describe('Time of the slowest of these answers, milliseconds.'),
  p95_ms: z.number().describe('95 of 100 of these answers took no longer, milliseconds.'),
});
type Answer = Pick<z.output<typeof Output>, 'status' | 'ms'>;

const timeoutMs = 5_000;
const betweenMs = 1_000;

export const checkHttp = defineRead({
  name: 'http.check',
  version: 1,
  summary: 'Wait until an address answers as it should, several times in a row',
  input: Input,
  output: Output,
  binds: ['url'],
  checks: [],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '10m',
  /** What it asks for is what the steps before it are to bring about, so a plan does not ask. */
  async plan({ url, status, attempts, within }) {
    const fast = within === undefined ? '' : `, within ${within}`;
    const after = { url, answers: `${status}, ${attempts} times in a row${fast}` };
    return { target: null, before: { url }, after, noChange: false, checks: [], estimateMs: usual.seconds };
  },
  async observe(input, ctx) {
    const answers: Answer[] = [];
    while (answers.length < input.attempts) {
      if (answers.length > 0) await ctx.clock.sleep(betweenMs, ctx.signal);
      const seen = await ask(input, answers.length, ctx);
      if (seen.state !== 'done') return seen;
      answers.push(seen.output);
    }
    return judgeTimes(
      input,
      answers.map(({ ms }) => ms),
    );
  },
});

function judgeTimes({ status, within }: In, times: readonly number[]): Observed<z.output<typeof Output>> {
  const sorted = times.toSorted((a, b) => a - b);
  const p95_ms = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
  if (within === undefined || p95_ms <= durationMs(within))
    return { state: 'done', output: { status, ms: sorted.at(-1) ?? p95_ms, p95_ms } };
  const progress = `answered ${status}, but took ${p95_ms} ms, expected at most ${within}`;
  return { state: 'working', progress, againInMs: pace.service };
}

async function ask(input: In, before: number, ctx: KitContext): Promise<Observed<Answer>> {
  const read = await reading(`answer of ${input.url}`, () =>
    ctx.http.get(input.url, { timeoutMs, signal: ctx.signal }),
  );
  if (!read.ok) return notSeen(read, pace.service);
  const { status, body, ms } = read.value;
  const fault = faultIn(input, status, body);
  if (fault === undefined) return { state: 'done', output: { status, ms } };
  const after = before > 0 ? ` after ${before} good` : '';
  return { state: 'working', progress: `${fault}${after}`, againInMs: pace.service };
}

function faultIn(input: In, status: number, body: string): string | undefined {
  if (status !== input.status) return `answered ${status}, expected ${input.status}`;
  if (input.contains !== undefined && !body.includes(input.contains))
    return `answered ${status} without "${input.contains}"`;
  return undefined;
}
