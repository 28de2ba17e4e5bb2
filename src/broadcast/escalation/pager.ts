import { type Incident, incidentLabel } from '../../domain/incident.ts';
import type { PagerEvent } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { enqueue } from '../../store/outbox.ts';
import type { WordsDeps } from '../deps.ts';

export interface Page {
  incident: Incident;
  action: PagerEvent['action'];
  /** What the page is about; the same from its trigger to its end. */
  about: string;
  /** Tells one page from the next about the same thing. */
  turn: string;
  summary: string;
}

/** Tells the pager, in order, where there is one. */
export async function tellPager(deps: WordsDeps, tx: Tx, page: Page): Promise<void> {
  if (!deps.can.pager) return;
  const { incident, action, about } = page;
  const label = incidentLabel(incident);
  const summary = deps.simulated ? `[Simulated] ${page.summary}` : page.summary;
  await enqueue(tx, {
    key: `page:${about}:${page.turn}`,
    lane: `pager:${about}`,
    document: {
      to: 'pager',
      do: 'page',
      event: {
        incidentId: incident.id,
        action,
        // Another store counts its incidents from 1 as well.
        key: `${deps.home.system.name}:${about}:${Math.floor(incident.declaredAt.getTime() / 1000)}`,
        label,
        title: incident.title,
        severity: incident.severity,
        summary,
      },
    },
    dueAt: deps.real.now(),
  });
}
