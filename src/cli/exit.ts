import type { Run } from '../domain/run.ts';
import type { Wire } from './wire.ts';

/** What the terminal's exit code says; 0 is only ever what was seen to be so. */
export const exit = {
  done: 0,
  /** Faulty files, or Muster itself failed. */
  broken: 1,
  /** Refused or misunderstood: nothing was done. */
  refused: 2,
  /** Waits for a person. */
  waiting: 3,
  /** A run that failed or was aborted; a request that came to nothing. */
  failed: 4,
  exceptions: 5,
} as const;
export type Exit = (typeof exit)[keyof typeof exit];

/** Null while the run goes on by itself. */
export function exitOf(run: Pick<Wire<Run>, 'status' | 'outcome' | 'purpose'>): Exit | null {
  if (run.status === 'paused') return exit.waiting;
  switch (run.outcome) {
    case null:
      return null;
    case 'succeeded':
      return exit.done;
    case 'succeeded-with-exceptions':
      return exit.exceptions;
    case 'undone':
      return run.purpose === 'undo' ? exit.done : exit.failed;
    case 'failed':
    case 'aborted':
      return exit.failed;
  }
}
