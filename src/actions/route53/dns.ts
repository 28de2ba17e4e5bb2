import { isIP } from 'node:net';
import type { KitContext } from '../kit/context.ts';
import type { Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import { type Reading, reading } from '../kit/reading.ts';

const timeoutMs = 4_000;

/** Addresses that a name's own servers give out now, in order. */
export async function readAddresses(name: string, ctx: KitContext): Promise<Reading<string[]>> {
  return reading(`addresses of ${name}`, async () => {
    const addresses = await ctx.dns.addresses(name, { timeoutMs });
    const odd = addresses.find((address) => isIP(address) === 0);
    if (odd !== undefined) throw new Error(`"${odd}" is not an address`);
    return [...addresses].sort();
  });
}

/** A target is a name to look up, or the addresses themselves. */
export async function readTarget(target: string | readonly string[], ctx: KitContext): Promise<Reading<string[]>> {
  return typeof target === 'string' ? readAddresses(target, ctx) : { ok: true, value: [...target].sort() };
}

/** Some address, and none that is not the target's. */
export function leadsTo(answered: readonly string[], target: readonly string[]): boolean {
  return answered.length > 0 && answered.every((address) => target.includes(address));
}

/** Whether the name's own servers send people to the target and nowhere else, twice in a row. */
export async function observeAnswers(
  name: string,
  target: string | readonly string[],
  ctx: KitContext,
): Promise<Observed<string[]>> {
  const first = await look(name, target, ctx);
  if (first.state !== 'done') return first;
  await ctx.clock.sleep(pace.confirm, ctx.signal);
  return look(name, target, ctx);
}

async function look(name: string, target: string | readonly string[], ctx: KitContext): Promise<Observed<string[]>> {
  const [answered, wanted] = await Promise.all([readAddresses(name, ctx), readTarget(target, ctx)]);
  if (!answered.ok) return { state: 'unknown', why: answered.sentence, cause: answered.fault, againInMs: pace.service };
  if (!wanted.ok) return { state: 'unknown', why: wanted.sentence, cause: wanted.fault, againInMs: pace.service };
  if (leadsTo(answered.value, wanted.value)) return { state: 'done', output: answered.value };
  const progress = `${name} answers ${listed(answered.value)}, expected only ${listed(wanted.value)}`;
  return { state: 'working', progress, againInMs: pace.service };
}

export function listed(addresses: readonly string[]): string {
  return addresses.length > 0 ? addresses.join(', ') : 'nothing';
}
