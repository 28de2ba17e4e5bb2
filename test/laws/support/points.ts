import type { CrashPoint } from '../../../src/domain/ports/crash.ts';

type At = CrashPoint | `${CrashPoint}:${string}`;

/** Where a life's processes end, one after another, in the order in which a life comes by. */
export type Deaths = readonly At[];

const effects = ['step.planned', 'step.captured', 'step.called', 'step.applied'] as const;
const sights = ['step.observed', 'step.verified', 'step.settled', 'step.told'] as const;

/** Lives that between them end at every crash point, and at those places of a point that differ in what is at stake. */
export const deaths: readonly Deaths[] = [
  [
    'incident.declared',
    'consent.requested',
    'page.published',
    'consent.granted',
    'run.turned',
    'run.ended',
    'incident.resolved',
  ],
  [
    'incident.declared.committed',
    'consent.requested.committed',
    'page.published.committed',
    'consent.granted.committed',
    'run.turned.committed:4',
    'run.ended.committed',
    'incident.resolved.committed',
  ],
  ['outbox.claimed', 'outbox.claimed:plan', 'run.started', 'run.opened', 'outbox.claimed:ended'],
  ['outbox.sent', 'outbox.sent:header', 'run.started.committed', 'outbox.sent:run', 'outbox.sent:ended'],
  ['outbox.sent:announced', 'outbox.recorded:plan', 'live.painted:run', 'outbox.recorded.committed:ended'],
  ['slack.opened', 'outbox.recorded:header', 'slack.posted:plan', 'slack.posted:consent', 'slack.posted:resolved'],
  ['outbox.recorded', 'slack.posted:header', 'slack.posted:asked', 'slack.posted:run', 'live.painted:header'],
  ['outbox.recorded.committed', 'statuspage.sent', 'statuspage.sent', 'statuspage.sent'],
  ['broadcast.said', 'broadcast.said.committed', 'broadcast.due', 'broadcast.due.committed'],
  ...effects.map((point): Deaths => ['scale', 'fence', 'promote', 'traffic'].map((step): At => `${point}:${step}`)),
  // What is seen of scaling comes between the others in no certain order.
  ...sights.map((point): Deaths => ['fence', 'promote', 'traffic'].map((step): At => `${point}:${step}`)),
  sights.map((point): At => `${point}:scale`),
];

/** Of those, what a server's transactions and leases might treat otherwise than the embedded store. */
export const deathsOnServer: readonly Deaths[] = [
  ['incident.declared', 'consent.requested.committed', 'run.started', 'run.ended'],
  ['outbox.sent', 'consent.granted.committed', 'step.called:promote', 'run.ended.committed'],
  ['statuspage.sent', 'step.captured:fence', 'step.called:traffic'],
];

/** Lives that between them end at every crash point of what is scheduled. */
export const scheduledDeaths: readonly Deaths[] = [
  [
    'schedule.due:warm',
    'schedule.claimed',
    'schedule.planned',
    'schedule.started:warm',
    'schedule.due:cool',
    'schedule.started:cool',
    ...(['schedule.missed:warm', 'schedule.missed:cool', 'schedule.missed:cool'] as const),
  ],
  [
    'schedule.due.committed:warm',
    'schedule.started.committed:warm',
    'schedule.due.committed:cool',
    'schedule.begun',
    'schedule.started.committed:cool',
    ...([
      'schedule.missed.committed:warm',
      'schedule.missed.committed:cool',
      'schedule.missed.committed:cool',
    ] as const),
  ],
];

/** On a server a start that was claimed is another's only after some seconds without a word. */
export const scheduledDeathsOnServer: readonly Deaths[] = [
  ['schedule.planned', 'schedule.started.committed:cool', 'schedule.missed:warm'],
];
