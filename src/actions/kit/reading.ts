import { FarEndTrouble } from '../../domain/trouble.ts';
import { type FaultKind, faultOf, isDefect } from './fault.ts';

/** What came of asking: a value, or one sentence that says what could not be read and why. */
export type Reading<T> = { ok: true; value: T } | Unread;

export interface Unread {
  ok: false;
  fault: FaultKind;
  /** `The DB instance dr-database in us-west-2 could not be read: it did not answer in time.` */
  sentence: string;
}

/** Reads `what` ("the DB instance dr-database in us-west-2"); failures of the far end become an Unread, defects throw. */
export async function reading<T>(what: string, read: () => Promise<T>): Promise<Reading<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (isDefect(error)) throw error;
    const { kind, why } = faultOf(error);
    const sentence = kind === 'not-found' ? `There is no ${what}.` : `Could not read the ${what}: ${why}.`;
    return { ok: false, fault: kind, sentence };
  }
}

/** No answer at all came: whatever was asked may be dark. A refusal or an answer that cannot be read is an answer. */
export function isSilent(read: Reading<unknown>): boolean {
  return !read.ok && (read.fault === 'timed-out' || read.fault === 'unreachable');
}

/** The value, or undefined where the far end answered that there is none. */
export function orAbsent<T>(read: Reading<T>): Reading<T | undefined> {
  return !read.ok && read.fault === 'not-found' ? { ok: true, value: undefined } : read;
}

/** A part of an answer without which it says nothing, an empty text too; what reads it becomes an Unread. */
export function stated<T>(value: T | null | undefined, part: string): T {
  if (value === null || value === undefined || value === '') throw new Error(`the answer lacks ${part}`);
  return value;
}

/** Applies `to` to a value that was read. */
export function mapReading<T, U>(read: Reading<T>, to: (value: T) => U): Reading<U> {
  return read.ok ? { ok: true, value: to(read.value) } : read;
}

/** The value of a reading without which nothing can be done now. Throws its sentence. */
export function need<T>(read: Reading<T>): T {
  if (read.ok) return read.value;
  throw new FarEndTrouble(read.sentence, read.fault);
}
