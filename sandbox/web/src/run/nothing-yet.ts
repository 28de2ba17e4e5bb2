import { type Incident, incidentLabel, isIncident } from '../../../../src/domain/incident.ts';
import type { RecoveryNews } from '../../../recovery-news.ts';
import { clockTime } from '../frame/times.ts';
import type { Slices } from '../state/slices.ts';

type Offered = Pick<Slices['system'], 'command'> & Partial<Pick<Slices['system'], 'commands'>>;

/** In place of a chart. Whether there is an incident is not known before Muster has said so. */
export function nothingYet(news: RecoveryNews | null | undefined, offered: Offered): string {
  if (news === undefined) return 'Muster has not said yet how it stands.';
  if (news === null) return `No incident yet. ${offered.command} declare begins one.`;
  const { ranOut, incident } = news.incident;
  const next = isIncident(incident)
    ? recoverWith(incident, offered)
    : `${incidentLabel(incident)} is no incident: nobody is told of it outside its channel.`;
  if (ranOut === null) return `Nothing was asked for yet. ${next}`;
  return `The request for ${ranOut.what} expired at ${clockTime(ranOut.at)}: nothing was done for it. ${next}`;
}

/** By the commands for its scenario; where it has none, or there are none for it, by what the list says. */
function recoverWith({ scenario }: Pick<Incident, 'scenario'>, { command, commands }: Offered): string {
  const fitting = (commands ?? []).filter(
    (one) => one.purpose === 'recovery' && scenario !== null && one.scenario === scenario,
  );
  if (fitting.length === 0)
    return `A commander plans a recovery in the incident’s channel: ${command} help says what there is.`;
  const names = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(
    fitting.map(({ name }) => `${command} ${name}`),
  );
  return `A commander plans a recovery with ${names} in the incident’s channel.`;
}
