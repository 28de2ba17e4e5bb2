import type { KitContext } from '../kit/context.ts';
import type { Reading } from '../kit/reading.ts';
import { readAliases, type SeenAlias } from './aliases.ts';
import { readReserved } from './concurrency.ts';
import { type KnownFunction, nameFunction, readConfiguration } from './function.ts';
import { isSameCaller, readPolicy } from './policy.ts';
import { isConfigured, type Target } from './restore-target.ts';
import { settingsOf } from './settings.ts';
import { readSources } from './sources.ts';

/**
 * The next thing that a function needs to be as it was saved: Lambda takes one change at a time, and the next only when
 * the last has settled.
 */
export type Need =
  | { what: 'creation' | 'code' | 'settings' | 'concurrency' | 'nothing' }
  | { what: 'time' }
  | { what: 'caller' | 'alias' | 'event source'; which: string }
  | { what: 'repair'; why: string };

export async function readNeed(target: Target, ctx: KitContext): Promise<Reading<Need>> {
  const ref = { region: target.region, function: target.name };
  const read = await readConfiguration(ref, ctx);
  if (!read.ok) return read.fault === 'not-found' ? is({ what: 'creation' }) : read;
  const first = needOfCode(target, read.value);
  return first ? is(first) : needOfRest(target, ctx);
}

function needOfCode(target: Target, now: KnownFunction): Need | null {
  const ref = { region: target.region, function: target.name };
  if (now.State === 'Pending' || now.LastUpdateStatus === 'InProgress') return { what: 'time' };
  if (now.State === 'Failed' || now.LastUpdateStatus === 'Failed') {
    const why = now.State === 'Failed' ? now.StateReason : now.LastUpdateStatusReason;
    return { what: 'repair', why: `The ${nameFunction(ref)} ended in Failed: ${why ?? 'Lambda gives no reason'}` };
  }
  if (now.CodeSha256 !== target.saved.sha256) return { what: 'code' };
  return isConfigured(target, settingsOf(now)) ? null : { what: 'settings' };
}

async function needOfRest(target: Target, ctx: KitContext): Promise<Reading<Need>> {
  const ref = { region: target.region, function: target.name };
  const [reserved, policy, aliases, sources] = await Promise.all([
    readReserved(ref, ctx),
    readPolicy(ref, ctx),
    readAliases(ref, ctx),
    readSources(ref, ctx),
  ]);
  if (!reserved.ok) return reserved;
  if (!policy.ok) return policy;
  if (!aliases.ok) return aliases;
  if (!sources.ok) return sources;
  if (reserved.value !== target.reserved) return is({ what: 'concurrency' });
  const caller = target.policy.find((one) => !policy.value.some((now) => isSameCaller(one, now)));
  if (caller) return is({ what: 'caller', which: caller.Sid });
  const isLed = (to: SeenAlias): boolean => to.sha256 === target.saved.sha256 && !to.splits;
  const alias = target.aliases.find((name) => !aliases.value.some((one) => one.name === name && isLed(one)));
  if (alias) return is({ what: 'alias', which: alias });
  const arns = sources.value.map(({ EventSourceArn }) => EventSourceArn);
  const source = target.sources.find(({ EventSourceArn }) => !arns.some((arn) => arn === EventSourceArn));
  return is(source ? { what: 'event source', which: source.EventSourceArn } : { what: 'nothing' });
}

function is(need: Need): Reading<Need> {
  return { ok: true, value: need };
}

/** `flightdata-api needs its code`, as people read it. */
export function sayNeed(target: Target, need: Need): string {
  switch (need.what) {
    case 'nothing':
      return `${target.name} is as it was saved`;
    case 'repair':
      return need.why;
    case 'time':
      return `${target.name} is being changed`;
    case 'creation':
      return `${target.name} is not there`;
    case 'caller':
    case 'alias':
    case 'event source':
      return `${target.name} lacks its ${need.what} ${need.which}, or has another`;
    case 'code':
    case 'settings':
    case 'concurrency':
      return `${target.name} has other ${need.what}`;
  }
}
