/**
 * Places where a test kills the process to prove that nothing is lost or doubled. Each names the moment just passed.
 */
export const crashPoints = [
  'incident.declared',
  'consent.requested',
  'consent.granted',
  'run.started',
  'step.planned',
  'step.captured',
  'step.called',
  'step.applied',
  'step.observed',
  'step.verified',
  'run.ended',
  'outbox.claimed',
  'outbox.sent',
  'statuspage.sent',
] as const;
export type CrashPoint = (typeof crashPoints)[number];

/** Called at every crash point; does nothing in production. `detail` narrows the point, such as a step's id. */
export type Crash = (point: CrashPoint, detail?: string) => void;
export const noCrash: Crash = () => {};
