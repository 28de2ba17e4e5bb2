import type { Tx } from './store.ts';

/** Decisions and their words: each is passed inside its transaction, and again, as `NAME.committed`, after it. */
const decided = [
  'incident.declared',
  'incident.resolved',
  'consent.requested',
  'consent.granted',
  'run.started',
  'run.turned',
  'run.ended',
  'page.published',
  'outbox.recorded',
  'broadcast.said',
  'broadcast.due',
  'schedule.due',
  'schedule.started',
  'schedule.missed',
] as const;
type Decided = (typeof decided)[number];

/** Moments between a durable word and something outside, in either order. */
const between = [
  'run.opened',
  'step.planned',
  'step.captured',
  'step.called',
  'step.applied',
  'step.observed',
  'step.verified',
  'step.settled',
  'step.told',
  'outbox.claimed',
  'outbox.sent',
  'slack.opened',
  'slack.posted',
  'live.painted',
  'statuspage.sent',
  'schedule.claimed',
  'schedule.planned',
  'schedule.begun',
] as const;

export type CrashPoint = Decided | `${Decided}.committed` | (typeof between)[number];

/**
 * Places where a test kills the process to prove that nothing is lost or doubled. Each names the moment just passed.
 */
export const crashPoints: readonly CrashPoint[] = [
  ...decided.flatMap((point) => [point, `${point}.committed` as const]),
  ...between,
];

/** Called at every crash point; does nothing in production. `detail` narrows the point, such as a step's id. */
export type Crash = (point: CrashPoint, detail?: string) => void;
export const noCrash: Crash = () => {};

/** The last moment of a decision inside its transaction, and the first one after it. */
export function crashAround(tx: Tx, crash: Crash, point: Decided, detail: string): void {
  crash(point, detail);
  tx.afterCommit(() => crash(`${point}.committed`, detail));
}
