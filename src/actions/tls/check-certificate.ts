import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { Duration, durationMs } from '../../domain/duration.ts';
import type { PresentedCertificate } from '../../domain/ports/probes.ts';
import { judgeReading, notSeen, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineRead } from '../kit/define.ts';
import { hostName, instant } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { type Reading, reading } from '../kit/reading.ts';

const Input = z.strictObject({
  name: hostName.describe('Name that people use: api.example.com.'),
  at: hostName
    .optional()
    .describe('Where to ask, if not where the name leads: the standby load balancer, before traffic goes there.'),
  port: z.int().min(1).max(65_535).default(443),
  lasts: Duration.default('14d').describe('How long the certificate is to be good for still, at least.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  issuer: z.string(),
  ends_at: instant.describe('When the certificate ends.'),
  days_left: z.number().describe('Whole days until then.'),
});

const timeoutMs = 5_000;
const dayMs = 86_400_000;

export const checkCertificate = defineRead({
  name: 'tls.check-certificate',
  version: 1,
  summary: 'Check that a server shows a trusted certificate for a name, and that it lasts',
  input: Input,
  output: Output,
  binds: ['name', 'at'],
  checks: ['the certificate is trusted, is for the name, has begun, and lasts as long as is asked'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '2m',
  async plan(input, ctx) {
    const read = await readCertificate(input, ctx);
    const bound = { name: input.name, at: `${input.at ?? input.name}:${input.port}` };
    return {
      target: null,
      before: { ...bound, ends_at: read.ok ? read.value.validTo : null },
      after: bound,
      noChange: false,
      checks: [checkShown(input, read, ctx)],
      estimateMs: usual.instant,
    };
  },
  async observe(input, ctx) {
    const read = await readCertificate(input, ctx);
    if (!read.ok) return notSeen(read, pace.service);
    const fault = faultIn(input, read.value, ctx);
    if (fault !== null) return { state: 'failed', why: `${asked(input)}: ${fault}.` };
    const { issuer, validTo } = read.value;
    return { state: 'done', output: { issuer, ends_at: validTo, days_left: daysLeft(validTo, ctx) } };
  },
});

function readCertificate(input: In, ctx: KitContext): Promise<Reading<PresentedCertificate>> {
  const { name, at, port } = input;
  return reading(`certificate of ${asked(input)}`, () =>
    ctx.tls.certificate(name, { address: at ?? name, port, timeoutMs, signal: ctx.signal }),
  );
}

function asked({ name, at }: In): string {
  return at === undefined ? name : `${name} at ${at}`;
}

function checkShown(input: In, read: Reading<PresentedCertificate>, ctx: KitContext): Check {
  const expected = `trusted, for ${input.name}, good for ${input.lasts} more`;
  const question: Question = { id: 'certificate', title: 'certificate is good', expected, carry: 'with-reason' };
  return judgeReading(question, read, (shown) => {
    const fault = faultIn(input, shown, ctx);
    return { pass: fault === null, found: fault ?? `it ends in ${daysLeft(shown.validTo, ctx)} days` };
  });
}

function faultIn(
  { lasts }: In,
  { fault, validFrom, validTo }: PresentedCertificate,
  { clock }: KitContext,
): string | null {
  const now = clock.now().getTime();
  if (Date.parse(validFrom) > now) return `it is good from ${validFrom} only`;
  if (Date.parse(validTo) <= now) return `it ended at ${validTo}`;
  if (fault !== null) return fault;
  return Date.parse(validTo) - now < durationMs(lasts) ? `it ends at ${validTo}, sooner than in ${lasts}` : null;
}

function daysLeft(validTo: string, { clock }: Pick<KitContext, 'clock'>): number {
  return Math.floor((Date.parse(validTo) - clock.now().getTime()) / dayMs);
}
