import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { label, region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { mapReading, type Reading } from '../kit/reading.ts';
import { functionName } from './function.ts';
import { keptFor, readSources, type Source, sayKept, sourceName } from './sources.ts';

export const ToggleInput = z.strictObject({
  region,
  function: functionName,
  enabled: z.boolean().describe('Whether the function takes from them.'),
  source: label.optional().describe('Only this queue or stream, by name or ARN; all of the function if absent.'),
  mappings: z.array(z.string()).min(1).optional().describe('Only these mappings, by id, as they were captured.'),
});
export type ToggleInput = z.output<typeof ToggleInput>;

const some: Question = { id: 'sources', title: 'it has such an event source', expected: 'one or more', carry: 'never' };
const rest: Question = { id: 'rest', title: 'none is between two states', expected: 'at rest', carry: 'never' };

export async function planToggle(input: ToggleInput, ctx: KitContext): Promise<ActionPlan> {
  const found = await mappingsOf(input, ctx);
  const sources = found.ok ? found.value : [];
  const moving = sources.filter((source) => isGoing(source, !input.enabled));
  const names = { function: input.function, sources: found.ok ? sources.map(sourceName).join(', ') : null };
  const kept = input.enabled || sources.length === 0 ? {} : { meanwhile: sources.map(sayKept).join('; ') };
  return {
    target: { region: input.region, resource: `lambda:${input.function}/event-sources` },
    before: { ...names, ...(found.ok ? { states: sources.map(sayState).join(', ') } : {}) },
    after: {
      ...names,
      enabled: input.enabled,
      ...(found.ok
        ? {
            states: sources
              .map((source) => sayState({ ...source, State: input.enabled ? 'Enabled' : 'Disabled' }))
              .join(', '),
          }
        : {}),
      ...kept,
    },
    noChange: sources.length > 0 && sources.every((source) => isThere(source, input.enabled)),
    checks: [
      judgeReading(some, found, (all) => ({
        pass: all.length > 0,
        found: all.length > 0 ? (names.sources ?? '') : 'none',
      })),
      ...(found.ok ? [judge(rest, moving.length === 0, moving.map(sayState).join(', ') || 'at rest')] : []),
    ],
    estimateMs: usual.minute,
  };
}

export async function mappingsOf(input: ToggleInput, ctx: KitContext): Promise<Reading<Source[]>> {
  const { source, mappings } = input;
  return mapReading(await readSources(input, ctx), (all) =>
    all
      .filter((one) => source === undefined || source === one.EventSourceArn || source === sourceName(one))
      .filter((one) => mappings === undefined || mappings.includes(one.UUID)),
  );
}

export function isThere({ State }: Source, enabled: boolean): boolean {
  return State === (enabled ? 'Enabled' : 'Disabled');
}

/** On its way: Lambda refuses another change until it is there. */
export function isGoing({ State }: Source, enabled: boolean): boolean {
  return enabled ? ['Enabling', 'Creating', 'Updating'].includes(State) : State === 'Disabling';
}

/** When the first of them begins to throw away what nobody has taken since. */
export function resumeBy(sources: readonly Source[], since: Date): string | null {
  const ends = sources.flatMap((source) => keptFor(source) ?? []);
  return ends.length === 0 ? null : new Date(since.getTime() + Math.min(...ends)).toISOString();
}

function sayState(source: Source): string {
  return `${sourceName(source)} ${source.State}`;
}
