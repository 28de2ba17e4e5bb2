import type { RecoveryNews } from '../../../recovery-news.ts';
import { clockTime } from '../frame/times.ts';

/** In place of a chart. Whether there is an incident is not known before Muster has said so. */
export function nothingYet(news: RecoveryNews | null | undefined, command: string): string {
  if (news === undefined) return 'Muster has not said yet how it stands.';
  if (news === null) return `No incident yet. ${command} declare begins one.`;
  const plans = `A commander plans a recovery with ${command} failover in the incident’s channel.`;
  const { ranOut } = news.incident;
  if (ranOut === null) return `Nothing was asked for yet. ${plans}`;
  return `The request for ${ranOut.what} ran out at ${clockTime(ranOut.at)}: nothing was done for it. ${plans}`;
}
