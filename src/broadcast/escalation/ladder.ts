import { durationMs } from '../../domain/duration.ts';
import type { Home } from '../../domain/home.ts';
import { later } from '../later.ts';

/** Where an escalation stands on the ladder of its incident's severity. */
export interface Standing {
  severity: string;
  startedAt: Date;
  /** The index of the next rung. */
  rung: number;
}

/** When the next rung is due; null at the top, or where the severity has no ladder. */
export function nextRungAt(home: Home, { severity, startedAt, rung }: Standing): Date | null {
  const wait = home.severities[severity]?.escalate[rung];
  return wait === undefined ? null : later(startedAt, durationMs(wait));
}

/** Rungs that are due by now, in order. */
export function dueRungs(home: Home, standing: Standing, now: Date): number[] {
  const rungs = [];
  for (let rung = standing.rung; ; rung += 1) {
    const at = nextRungAt(home, { ...standing, rung });
    if (at === null || at > now) return rungs;
    rungs.push(rung);
  }
}
