import type { Check } from '../../domain/action.ts';
import type { Cause } from '../../domain/trouble.ts';
import type { Observed } from './define.ts';
import type { Reading, Unread } from './reading.ts';

/** A check before its verdict. */
export type Question = Pick<Check, 'id' | 'title' | 'expected' | 'carry'>;

export function judge(question: Question, pass: boolean, found: string): Check {
  return { ...question, verdict: pass ? 'pass' : 'fail', found };
}

export function notKnown(question: Question, found: string, cause?: Cause): Check {
  return { ...question, verdict: 'unknown', found, ...(cause ? { cause } : {}) };
}

/** Judges what was read; what could not be read is unknown, and what is not there fails. */
export function judgeReading<T>(
  question: Question,
  read: Reading<T>,
  verdict: (value: T) => { pass: boolean; found: string },
): Check {
  if (read.ok) {
    const { pass, found } = verdict(read.value);
    return judge(question, pass, found);
  }
  const { fault: cause, sentence } = read;
  return cause === 'not-found' ? { ...judge(question, false, sentence), cause } : notKnown(question, sentence, cause);
}

/** An observation of what could not be read: asked again, never taken for done. */
export function notSeen({ sentence, fault }: Unread, againInMs: number): Exclude<Observed<never>, { state: 'done' }> {
  return { state: 'unknown', why: sentence, cause: fault, againInMs };
}

/** A lookup that could not be read: whether the effect was sent is not known, so a person decides. */
export function unknowable({ sentence, fault }: Unread): { happened: 'unknowable'; why: string; cause: Cause } {
  return { happened: 'unknowable', why: sentence, cause: fault };
}
