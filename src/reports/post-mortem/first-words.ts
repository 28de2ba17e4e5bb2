import { type Audience, audiences, isInTime, promiseOf } from '../../domain/audience.ts';
import { durationMs } from '../../domain/duration.ts';
import { untoldTo } from './promises.ts';
import type { IncidentRecord } from './record.ts';

/** When the first words to this audience had arrived; null while none have. */
export function firstArrival({ said }: IncidentRecord, audience: Audience): Date | null {
  const arrived = said.filter(
    (one) => one.audience === audience && (one.state === 'delivered' || one.state === 'partly'),
  );
  const [at] = arrived.flatMap((one) => one.endedAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  return at ?? null;
}

/** The minute until which the severity lets customers and the public wait for them; null of others, and where it sets none. */
export function firstWanted({ incident, home }: IncidentRecord, audience: Audience): Date | null {
  const within = home.severities[incident.severity]?.public_within;
  if (within === undefined || (audience !== 'public' && audience !== 'customers')) return null;
  return promiseOf(new Date(incident.declaredAt.getTime() + durationMs(within)));
}

/** Those whose first words came too late, and are not counted as a promise that was broken. */
export function lateFirst(record: IncidentRecord): { audience: Audience; wanted: Date; at: Date }[] {
  return audiences.flatMap((audience) => {
    const [wanted, at] = [firstWanted(record, audience), firstArrival(record, audience)];
    const isCounted = untoldTo(record, audience).length > 0;
    return wanted === null || at === null || isCounted || isInTime(at, wanted) ? [] : [{ audience, wanted, at }];
  });
}
