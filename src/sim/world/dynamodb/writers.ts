import { isStream, type LambdaFunction } from '../lambda/state.ts';
import { isDark } from '../model.ts';
import type { State } from '../state.ts';
import { findTable, isOpen } from './find.ts';
import { makeItem } from './items.ts';
import { deniesWrites } from './policies.ts';
import type { Table, Writer } from './state.ts';

/** A stream keeps its records for a day, unless told otherwise. */
const streamKeepsMs = 24 * 3_600_000;

/** Writers go on writing wherever their table is. What waits in a function's stream is written once it is taken again. */
export function writeItems(state: State): void {
  for (const writer of state.dynamoDb.writers) writeOne(state, writer);
}

/** Who writes to a table now; undefined where nobody does, or may. */
export function writerTo(state: State, table: Table): Writer | undefined {
  return state.dynamoDb.writers.find((writer) => placeOf(state, writer)?.table === table);
}

function writeOne(state: State, writer: Writer): void {
  const place = placeOf(state, writer);
  if (!place) return;
  const everyMs = writer.spec.everySeconds * 1_000;
  const taken = place.fn === null ? null : takenFrom(state, place.fn, writer);
  const due = after(taken ?? writer.lastAt, everyMs, state.at);
  const written = taken === null ? due.slice(-1).map(() => state.at) : due;
  for (const at of written) {
    writer.serial += 1;
    place.table.items.push({ ...makeItem(writer.keys, writer.spec, writer.serial, at), at: state.at });
  }
  if (written.length > 0) writer.lastAt = state.at;
  if (taken !== null) writer.stream = { region: place.table.region, takenUntil: due.at(-1) ?? taken };
}

/** The times at which something was to be written since then. */
function after(since: number, everyMs: number, until: number): number[] {
  return Array.from(
    { length: Math.max(0, Math.floor((until - since) / everyMs)) },
    (_, nth) => since + (nth + 1) * everyMs,
  );
}

/** Until when a function has taken what its streams hold, but for what they keep no longer; null where it takes from none. */
function takenFrom(state: State, fn: LambdaFunction, { stream }: Writer): number | null {
  const sources = state.lambda.eventSources.filter(
    (one) => one.region === fn.region && one.function === fn.name && isStream(one.source) && one.heldSince === null,
  );
  if (sources.length === 0) return null;
  if (stream.region !== fn.region) return state.at;
  const kept = sources.map(({ maximumRecordAge: age }) => (age < 0 ? streamKeepsMs : age * 1_000));
  return Math.max(stream.takenUntil, state.at - Math.max(...kept));
}

interface Place {
  table: Table;
  /** The function that writes there; null of anybody else. */
  fn: LambdaFunction | null;
}

/** A function writes in the first Region where it may; one that was lost or deleted writes nothing. */
function placeOf(state: State, writer: Writer): Place | undefined {
  const { home, function: name } = writer;
  const isKnown = name !== null && state.estate.lambda.functions.some((one) => one.name === name);
  if (!isKnown) {
    const table = findTable(state, home.region, home.name);
    return isWritable(state, table, 'somebody') ? { table, fn: null } : undefined;
  }
  for (const fn of state.lambda.functions) {
    if (fn.name !== name || !mayRun(state, fn)) continue;
    const table = findTable(state, fn.region, tableNamedTo(state, fn, writer));
    if (isWritable(state, table, fn.settings.Role ?? 'somebody')) return { table, fn };
  }
  return undefined;
}

/** It writes what its sources hold, or what is handed to it, unless nothing of it may run. */
function mayRun(state: State, fn: LambdaFunction): boolean {
  const sources = state.lambda.eventSources.filter((one) => one.region === fn.region && one.function === fn.name);
  const hasWork = sources.length === 0 || fn.asyncPerMinute > 0 || sources.some(({ heldSince }) => heldSince === null);
  return fn.stoppedAt === null && fn.state === 'Active' && hasWork;
}

function tableNamedTo(state: State, fn: LambdaFunction, { home }: Writer): string {
  const name = fn.settings.Environment?.Variables?.TABLE_PARAMETER;
  const parameter = state.ssm.parameters.find((one) => one.region === fn.region && one.name === name);
  return parameter?.versions.at(-1)?.value ?? home.name;
}

function isWritable(state: State, table: Table | undefined, principal: string): table is Table {
  return table !== undefined && isOpen(table) && !isDark(state, table.region) && !deniesWrites(state, table, principal);
}
