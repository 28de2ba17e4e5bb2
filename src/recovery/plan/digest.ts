import { createHash } from 'node:crypto';
import { stringify } from 'safe-stable-stringify';
import { consentOf } from '../../domain/consent.ts';
import type { Amendment, Plan } from '../../domain/plan.ts';

/** Letters and digits that nobody mistakes for one another over a bad line. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** SHA-256 over what people consent to, and its six-character code. */
export function digestOf(plan: Plan, amendment: Amendment | null = null): { digest: string; code: string } {
  const bytes = createHash('sha256')
    .update(stringify(consentOf(plan, amendment)) ?? '')
    .digest();
  const code = [...bytes.subarray(0, 6)].map((byte) => alphabet[byte % alphabet.length]).join('');
  return { digest: bytes.toString('hex'), code };
}

/** The plan with its digest and code as they follow from its contents. */
export function sealPlan(plan: Plan): Plan {
  return { ...plan, ...digestOf(plan) };
}
