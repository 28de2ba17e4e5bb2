import type { CrashPoint } from '../../../src/domain/ports/crash.ts';

type At = CrashPoint | `${CrashPoint}:${string}`;

/** Where a life's processes end, one after another. */
export type Deaths = readonly [At, ...At[]];

/** Steps whose effects matter most, in the order in which a run comes by; scaling goes beside the others. */
const inOrder = (point: CrashPoint): Deaths[] => [
  [`${point}:fence`, `${point}:promote`, `${point}:traffic`],
  [`${point}:scale`],
];

/** Every crash point, and those places of a point that differ in what is at stake. */
export const deaths: Record<CrashPoint, Deaths[]> = {
  'incident.declared': [['incident.declared']],
  'incident.declared.committed': [['incident.declared.committed']],
  'incident.resolved': [['incident.resolved']],
  'incident.resolved.committed': [['incident.resolved.committed']],
  'consent.requested': [['consent.requested']],
  'consent.requested.committed': [['consent.requested.committed']],
  'consent.granted': [['consent.granted']],
  'consent.granted.committed': [['consent.granted.committed']],
  'run.started': [['run.started']],
  'run.started.committed': [['run.started.committed']],
  'run.opened': [['run.opened']],
  'run.turned': [['run.turned', 'run.turned:4']],
  'run.turned.committed': [['run.turned.committed', 'run.turned.committed:4']],
  'run.ended': [['run.ended']],
  'run.ended.committed': [['run.ended.committed']],
  'page.published': [['page.published']],
  'page.published.committed': [['page.published.committed']],
  'outbox.claimed': [['outbox.claimed'], ['outbox.claimed:plan', 'outbox.claimed:ended']],
  'outbox.sent': [['outbox.sent'], ['outbox.sent:header', 'outbox.sent:announced', 'outbox.sent:run', 'outbox.sent:ended']],
  'outbox.recorded': [['outbox.recorded']],
  'outbox.recorded.committed': [['outbox.recorded.committed']],
  'slack.opened': [['slack.opened']],
  'slack.posted': [['slack.posted:header', 'slack.posted:plan', 'slack.posted:consent', 'slack.posted:resolved']],
  'live.painted': [['live.painted:header', 'live.painted:run']],
  'statuspage.sent': [['statuspage.sent', 'statuspage.sent', 'statuspage.sent']],
  'step.planned': inOrder('step.planned'),
  'step.captured': inOrder('step.captured'),
  'step.called': inOrder('step.called'),
  'step.applied': inOrder('step.applied'),
  'step.observed': inOrder('step.observed'),
  'step.verified': inOrder('step.verified'),
  'step.settled': inOrder('step.settled'),
  'step.told': inOrder('step.told'),
};
