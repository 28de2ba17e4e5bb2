import type { Tag } from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { isMadeByRun, nameFor, stepTag, tagValue } from '../kit/owner.ts';
import { orAbsent, type Reading } from '../kit/reading.ts';
import { nameTable, readTable, readTags, type SeenTable, type TableRef } from './table.ts';

/** A table by its name, or by what a step of this run restored. */
export interface DeleteInput {
  region: string;
  table?: string | undefined;
  source?: string | undefined;
  suffix: string;
}

/** A table that is to be deleted, and why that may not be. */
export interface Doomed {
  table: SeenTable;
  tags: Tag[];
  own: boolean;
}

export function refOf({ region, table, source = '', suffix }: DeleteInput, ctx: KitContext): TableRef {
  return { region, table: table ?? nameFor(ctx.owner, source, suffix, 255) };
}

/** The name as people consent to it. */
export function sayDoomed({ table, source, suffix }: DeleteInput): string {
  return table ?? `${source}-${suffix}`;
}

/** The name of what a run has made is known only in the run. */
export function isNamedLater({ table }: DeleteInput, { owner }: KitContext): boolean {
  return table === undefined && !owner.startsWith('run_');
}

export async function readDoomed(input: DeleteInput, ctx: KitContext): Promise<Reading<Doomed | undefined>> {
  const ref = refOf(input, ctx);
  const table = orAbsent(await readTable(ref, ctx));
  if (!table.ok || table.value === undefined) return table.ok ? { ok: true, value: undefined } : table;
  const found = table.value;
  const tags = await readTags(ref, found.TableArn, ctx);
  if (!tags.ok) return tags;
  return { ok: true, value: { table: found, tags: tags.value, own: isOwn(input, found, tags.value, ctx) } };
}

export function notOurs(ref: TableRef): string {
  return `The ${nameTable(ref)} does not bear the tag of this run: only what a run has made is deleted by it.`;
}

/** A restore that was cut short bears no tag yet, but the name that it has from this run, and its source or one made from that. */
function isOwn(input: DeleteInput, table: SeenTable, tags: Tag[], ctx: KitContext): boolean {
  if (isMadeByRun(tags, ctx.owner)) return true;
  const isUnmarked = tagValue(tags, stepTag) === undefined;
  return (
    isUnmarked &&
    input.source !== undefined &&
    isOfSource(table.RestoreSummary?.SourceTableArn?.split('/').at(-1), input.source)
  );
}

function isOfSource(from: string | undefined, source: string): boolean {
  return from !== undefined && (from === source || from.startsWith(`${source}-`));
}
