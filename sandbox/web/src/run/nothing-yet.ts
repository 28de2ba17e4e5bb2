import { incidentLabel, isIncident } from '../../../../src/domain/incident.ts';
import type { RecoveryNews } from '../../../recovery-news.ts';
import { clockTime } from '../frame/times.ts';

/** In place of a chart. Whether there is an incident is not known before Muster has said so. */
export function nothingYet(news: RecoveryNews | null | undefined, command: string): string {
  if (news === undefined) return 'Muster has not said yet how it stands.';
  if (news === null) return `No incident yet. ${command} declare begins one.`;
  const { ranOut, incident } = news.incident;
  const next = isIncident(incident)
    ? `A commander plans a recovery with ${command} failover in the incident’s channel.`
    : `${incidentLabel(incident)} is no incident: nobody is told of it outside its channel.`;
  if (ranOut === null) return `Nothing was asked for yet. ${next}`;
  return `The request for ${ranOut.what} expired at ${clockTime(ranOut.at)}: nothing was done for it. ${next}`;
}
