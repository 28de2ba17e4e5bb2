import { presentIncidents, presentStatus } from '../../src/cli/present/incident.ts';
import { harmless } from '../../src/cli/present/text.ts';
import type { RecoveryNews } from '../recovery-news.ts';

/** What somebody would read who now typed `command` in a terminal. */
export interface TerminalSlice {
  command: string;
  text: string;
}

/** News stay as they were told; the time that has gone by since then goes on. Undefined: nothing was told yet. */
export function terminalSlice(news: RecoveryNews | null | undefined, at: Date): TerminalSlice {
  if (news === undefined) return { command: 'muster list', text: 'Muster has not said yet how it stands.' };
  if (news === null) return { command: 'muster list', text: presentIncidents([]) };
  const now = at.toISOString();
  const { incident, run, consents } = news;
  const shown = { incident: { ...incident, now }, run: run === null ? null : { ...run, now }, consents };
  return {
    command: `muster status --incident ${incident.incident.id}`,
    text: harmless(presentStatus(shown)),
  };
}
