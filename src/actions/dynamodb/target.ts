import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { isMadeByStep, nameFor } from '../kit/owner.ts';
import { orAbsent, type Reading } from '../kit/reading.ts';
import { readTable, readTags, type SeenTable } from './table.ts';

/** The new table that a restore is to make. */
export interface Target {
  region: string;
  table: string;
}

export interface TargetInput {
  region: string;
  target_table?: string | undefined;
  suffix: string;
  named_after?: string | undefined;
}

/** What stands at the new table's name: nothing, this step's own table, or another. */
export interface Standing {
  table: SeenTable;
  own: boolean;
}

/** The same name however often the step is sent, and another for each run. */
export function targetOf(
  { region, target_table: given, suffix, named_after: name }: TargetInput,
  source: string,
  ctx: KitContext,
): Target {
  return { region, table: given ?? nameFor(ctx.owner, name ?? source, suffix, 255) };
}

/** The name as people consent to it: that of a run is known only in the run. */
export function sayTarget({ target_table: given, suffix, named_after: name }: TargetInput, source: string): string {
  return given ?? `${name ?? source}-${suffix}`;
}

export async function readStanding(target: Target, ctx: KitContext): Promise<Reading<Standing | undefined>> {
  const table = orAbsent(await readTable(target, ctx));
  if (!table.ok || table.value === undefined) return table.ok ? { ok: true, value: undefined } : table;
  const found = table.value;
  const tags = await readTags(target, found.TableArn, ctx);
  return tags.ok ? { ok: true, value: { table: found, own: isMadeByStep(tags.value, ctx.owner) } } : tags;
}

export function checkTarget(target: Target, standing: Reading<Standing | undefined>): Check {
  const question: Question = {
    id: 'target',
    title: 'the name of the new table is free',
    expected: 'no table of that name',
    carry: 'never',
  };
  return judgeReading(question, standing, (there) => {
    if (there === undefined) return { pass: true, found: 'no such table' };
    if (there.own) return { pass: true, found: `this step has made it: ${there.table.TableStatus}` };
    const found = `${target.table} is there, ${there.table.TableStatus}, and this step has not made it: give another name`;
    return { pass: false, found };
  });
}
