import { expect } from '@jest/globals';
import { FaultyFiles, Refusal } from '../../src/domain/errors.ts';
import { patience } from './material.ts';

/** What a person must never be shown: a stack, a dump, or the inside of a value. */
const inside = [
  /\bundefined\b/,
  /\[object \w+\]/,
  /\bNaN\b/,
  /\n\s+at \S+/,
  /\bZodError\b/,
  /"code": "/,
  /Invalid input/,
  /Cannot read propert/,
  /is not a function/,
  /is not iterable/,
  /Maximum call stack/,
  /node_modules/,
];

/** What of the inside of a value stands in what is said; null when nothing does. */
export function insideOf(said: string, typed = ''): RegExp | null {
  return inside.find((pattern) => pattern.test(said) && !pattern.test(typed)) ?? null;
}

/** What is wrong with a refusal as a sentence; null when nothing is. What people typed may stand in it as it is. */
export function sentenceFault(said: string, typed = ''): string | null {
  const found = insideOf(said, typed);
  if (found !== null) return `holds ${found}`;
  if (said.trim().length < 8) return 'says nothing';
  if (said.length > 4_000 + 2 * typed.length) return `has ${said.length} characters`;
  if (!/[.!?:)”"’…`]$/.test(said.trim())) return 'does not end as a sentence does';
  return null;
}

/** What is wrong with how something was refused; null when it was done, or refused as it should be. */
export function refusalFault(work: () => unknown, typed = ''): string | null {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof FaultyFiles) return faultsFault(error, typed);
    if (error instanceof Refusal) {
      const fault = sentenceFault(error.message, typed);
      return fault === null ? null : `${fault}: ${error.message.slice(0, 400)}`;
    }
    return `threw ${error instanceof Error ? error.stack : String(error)}`;
  }
}

/** Faults of files are no sentences: each names its place, and says what was expected or what to do. */
function faultsFault({ faults }: FaultyFiles, typed: string): string | null {
  if (faults.length === 0) return 'threw no fault';
  for (const { file, line, column, message } of faults) {
    const found = insideOf(message, typed);
    if (found !== null) return `holds ${found}: ${message.slice(0, 400)}`;
    if (file === '' || !(line >= 1) || !(column >= 1)) return `has no place: ${message.slice(0, 400)}`;
    if (message.trim().length < 8) return `says nothing: ${message}`;
    if (message.length > 2_000) return `has ${message.length} characters: ${message.slice(0, 200)}`;
  }
  return null;
}

/** Done, or refused in words, sooner than anybody would wait. */
export function isAnswered(text: string, work: () => unknown): void {
  const began = performance.now();
  expect(refusalFault(work, text)).toBeNull();
  expect(performance.now() - began).toBeLessThan(patience);
}
