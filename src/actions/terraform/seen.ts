import type { ProgramEnd, ProgramSeen } from '../../domain/ports/programs.ts';
import { unknowable } from '../kit/checks.ts';
import type { Found, Observed } from '../kit/define.ts';
import { pace } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';

/** The last lines of what Terraform said, its frames left out. */
export function lastWords(output: string): string {
  const lines = output.split('\n').map((line) => line.replace(/^[╷│╵\s]+/, '').trim());
  const error = lines.findIndex((line) => line.startsWith('Error: '));
  const said = lines.slice(error < 0 ? -3 : error).filter((line) => line !== '');
  return said.slice(0, 4).join(' / ').slice(0, 400);
}

export function sayEnd(what: string, { exit, ended, output }: ProgramEnd): string {
  const how = exit === null ? `was ended ${ended}` : `ended with exit code ${exit}`;
  return `${what} ${how}: ${lastWords(output) || 'it said nothing'}`;
}

/** Begins a verb; why that could not be becomes one sentence. */
export async function begin(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw new Error(`${what} was not begun: ${error instanceof Error ? error.message.replace(/\.$/, '') : error}.`);
  }
}

type Running = Exclude<Observed<never>, { state: 'done' }>;

/** What is not done yet, or not well; null where a verb has ended well. */
export function notDone(what: string, read: Reading<ProgramSeen | null>): Running | null {
  if (!read.ok) return { state: 'unknown', why: read.sentence, cause: read.fault, againInMs: pace.service };
  const seen = read.value;
  if (seen === null) return { state: 'unknown', why: sayLost(what), againInMs: pace.database };
  if (seen.state === 'running')
    return { state: 'working', progress: lastWords(seen.output) || 'it runs', againInMs: pace.database };
  return seen.exit === 0 ? null : { state: 'failed', why: sayEnd(what, seen) };
}

/** Whether a verb was begun under its key, by what this Muster knows. */
export function foundByKey(what: string, key: string, read: Reading<ProgramSeen | null>): Found<{ key: string }> {
  if (!read.ok) return unknowable(read);
  return read.value === null ? { happened: 'unknowable', why: sayLost(what) } : { happened: true, receipt: { key } };
}

function sayLost(what: string): string {
  return `Muster was started anew after ${what} had been begun, so how that ended is not known here.`;
}
