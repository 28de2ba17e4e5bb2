import type { Tx } from '../../domain/ports/store.ts';
import { readIncident } from '../../store/incidents.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import { named } from '../words/named.ts';

export interface FaultWords {
  what: 'page-refused' | 'page-late' | 'pager-refused' | 'mail-late';
  incidentId: number;
  /** It is said once for each. */
  key: string;
  why: string;
}

/** The commander hears what a far end did not take, or keeps waiting. */
export async function tellFault(deps: WordsDeps, tx: Tx, of: FaultWords): Promise<void> {
  const incident = await readIncident(tx, of.incidentId);
  if (!incident) return;
  const text = deps.say(of.what, { ...named(incident), why: of.why });
  const key = `${of.what}:${of.key}`;
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
}
