import type { LambdaFunction } from '../lambda/state.ts';
import { isDark } from '../model.ts';
import type { State } from '../state.ts';
import { findTable, isOpen } from './find.ts';
import { makeItem } from './items.ts';
import { deniesWrites } from './policies.ts';
import type { Table, Writer } from './state.ts';

/** Writers go on writing wherever their table is; what waited while they could not is not caught up with. */
export function writeItems(state: State): void {
  for (const writer of state.dynamoDb.writers) writeOne(state, writer);
}

/** Who writes to a table now; undefined where nobody does, or may. */
export function writerTo(state: State, table: Table): Writer | undefined {
  return state.dynamoDb.writers.find((writer) => tableOf(state, writer) === table);
}

function writeOne(state: State, writer: Writer): void {
  if (state.at < writer.lastAt + writer.spec.everySeconds * 1_000) return;
  const table = tableOf(state, writer);
  if (!table) return;
  writer.serial += 1;
  writer.lastAt = state.at;
  table.items.push(makeItem(writer.keys, writer.spec, writer.serial, state.at));
}

/** A function writes in the first Region where it may; one that was lost or deleted writes nothing. */
function tableOf(state: State, writer: Writer): Table | undefined {
  const { home, function: name } = writer;
  const isKnown = name !== null && state.estate.lambda.functions.some((one) => one.name === name);
  if (!isKnown) return [findTable(state, home.region, home.name)].find((table) => isWritable(state, table, 'somebody'));
  const running = state.lambda.functions.filter((fn) => fn.name === name && mayRun(state, fn));
  const written = running.map((fn) => ({ fn, table: findTable(state, fn.region, tableNamedTo(state, fn, writer)) }));
  return written.find(({ fn, table }) => isWritable(state, table, fn.settings.Role ?? 'somebody'))?.table;
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

function isWritable(state: State, table: Table | undefined, principal: string): boolean {
  return table !== undefined && isOpen(table) && !isDark(state, table.region) && !deniesWrites(state, table, principal);
}
