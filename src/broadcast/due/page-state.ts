import type { Audience } from '../../domain/audience.ts';
import { type Incident, isOpen, type Phase } from '../../domain/incident.ts';
import type { PublicStatus } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readPublic } from '../../store/public-incidents.ts';
import { type PageState, recovered } from '../public/show.ts';

/**
 * What the page shows when nobody chose it: the state of the incident, never behind what a publisher chose, and of the
 * components nothing new until they are well again. Subscribers are told of the first and of the last words only.
 */
export async function ownPage(tx: Tx, incident: Incident): Promise<Partial<PageState>> {
  if (!isOpen(incident)) {
    return { status: 'resolved', notify: true, components: await recovered(tx, incident.id, 'operational') };
  }
  const page = await readPublic(tx, incident.id);
  const first = !page || page.state === 'draft';
  return { status: laterOf(statusOf(incident), page?.status), notify: first };
}

/** Whether the public was told that it is over. */
export async function isOverOnPage(tx: Tx, incidentId: number): Promise<boolean> {
  return (await readPublic(tx, incidentId))?.status === 'resolved';
}

/** The incident as an audience knows it: what a publisher has told the public is not taken back by itself. */
export async function asShown(tx: Tx, incident: Incident, audience: Audience): Promise<Incident> {
  if (audience !== 'public' || !isOpen(incident)) return incident;
  const status = laterOf(statusOf(incident), (await readPublic(tx, incident.id))?.status);
  return { ...incident, phase: phases[status] };
}

const phases = {
  investigating: 'investigating',
  identified: 'recovering',
  monitoring: 'monitoring',
  resolved: 'monitoring',
} as const satisfies Record<PublicStatus, Phase>;

/** In the order in which a page goes through them. */
const statuses = Object.keys(phases);

export function laterOf(own: PublicStatus, shown: PublicStatus | undefined): PublicStatus {
  return shown !== undefined && statuses.indexOf(shown) > statuses.indexOf(own) ? shown : own;
}

export function statusOf({ phase }: Pick<Incident, 'phase'>): PublicStatus {
  switch (phase) {
    case 'investigating':
      return 'investigating';
    case 'recovering':
      return 'identified';
    case 'monitoring':
      return 'monitoring';
    case 'resolved':
    case 'closed':
      return 'resolved';
  }
}
