import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { type AsyncEvents, readAsyncEvents, readReserved, readUnreserved } from './concurrency.ts';
import type { FunctionRef } from './function.ts';
import { readSources, type Source, sayKept } from './sources.ts';

/** Lambda keeps so many of an account's executions for functions that have none reserved. */
const leastUnreserved = 100;

type Input = FunctionRef & { reserved: number | null };

const known: Question = { id: 'function', title: 'function answers', expected: 'an answer', carry: 'never' };
const room: Question = {
  id: 'unreserved',
  title: 'enough is left for other functions',
  expected: `at least ${leastUnreserved}`,
  carry: 'never',
};
const sources: Question = {
  id: 'sources',
  title: 'what its event sources do meanwhile is known',
  expected: 'an answer',
  carry: 'with-reason',
};
const events: Question = {
  id: 'events',
  title: 'what becomes of events handed to it is known',
  expected: 'an answer',
  carry: 'with-reason',
};

export async function planConcurrency(input: Input, ctx: KitContext): Promise<ActionPlan> {
  const stops = input.reserved === 0;
  const [now, waiting] = await Promise.all([readReserved(input, ctx), stops ? stopChecks(input, ctx) : []]);
  const name = { function: input.function };
  return {
    target: { region: input.region, resource: `lambda:${input.function}` },
    before: { ...name, reserved: now.ok ? sayReserved(now.value) : null },
    after: { ...name, reserved: sayReserved(input.reserved) },
    noChange: now.ok && now.value === input.reserved,
    checks: [
      judgeReading(known, now, (value) => ({ pass: true, found: sayReserved(value) })),
      ...(now.ok ? await roomCheck(input, now.value, ctx) : []),
      ...waiting,
    ],
    estimateMs: usual.instant,
  };
}

export function sayReserved(reserved: number | null): string {
  if (reserved === null) return 'none, so it runs as the account allows';
  return reserved === 0 ? '0, so it is stopped' : String(reserved);
}

async function roomCheck(input: Input, now: number | null, ctx: KitContext): Promise<Check[]> {
  const more = (input.reserved ?? 0) - (now ?? 0);
  if (more <= 0) return [];
  const unreserved = await readUnreserved(input.region, ctx);
  return [
    judgeReading(room, unreserved, (value) => ({
      pass: value - more >= leastUnreserved,
      found: `${value - more} of ${value} left`,
    })),
  ];
}

/** Stopping it stops nobody from calling it: whatever comes meanwhile waits somewhere, and not for ever. */
async function stopChecks(input: Input, ctx: KitContext): Promise<Check[]> {
  const [mappings, handed] = await Promise.all([readSources(input, ctx), readAsyncEvents(input, ctx)]);
  return [
    judgeReading(sources, mappings, (found) => ({ pass: true, found: saySources(found) })),
    judgeReading(events, handed, (found) => ({ pass: true, found: sayEvents(found) })),
  ];
}

function saySources(found: readonly Source[]): string {
  const enabled = found.filter(isTaking);
  if (found.length === 0) return 'it has none';
  if (enabled.length === 0) return `${found.length} disabled; ${found.map(sayKept).join('; ')}`;
  const kept = enabled.map(sayKept).join('; ');
  return `${enabled.length} still enabled: disable ${enabled.length === 1 ? 'it' : 'them'} first by lambda.toggle-event-source; ${kept}`;
}

/** Nothing but a mapping at rest takes nothing. */
export function isTaking({ State }: Pick<Source, 'State'>): boolean {
  return State !== 'Disabled' && State !== 'Disabling';
}

function sayEvents({ waitSeconds, leads }: AsyncEvents): string {
  return `they wait for ${waitSeconds / 3_600} h, then ${leads === null ? 'are dropped' : `go to ${leads}`}`;
}

/** After it was stopped: an event source that still takes what it can only lose or hold up. */
export function sourcesCheck(found: Reading<Source[]>): Check {
  const question: Question = { ...sources, title: 'its event sources are disabled', expected: 'none enabled' };
  return judgeReading(question, found, (all) => ({ pass: !all.some(isTaking), found: saySources(all) }));
}
