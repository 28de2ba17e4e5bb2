import { roleNames } from '../domain/home.ts';
import { muster } from '../domain/identity.ts';
import type { Incident } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { grantRole } from '../store/roles.ts';
import { recordGrant } from './assign.ts';
import type { IncidentsDeps } from './deps.ts';
import type { Membership } from './members.ts';

/** Who has joined a group since may act in it too; what a commander granted stays. */
export async function renewMembers(
  deps: IncidentsDeps,
  tx: Tx,
  incident: Incident,
  { members, unread }: Membership,
): Promise<void> {
  const at = deps.clock.now();
  for (const role of roleNames) {
    for (const member of members[role]) {
      const granted = await grantRole(tx, { ...member, incidentId: incident.id, role, by: muster.name, at });
      if (granted) await recordGrant(tx, { incident, role, member, by: muster, at, granted, commands: false });
    }
  }
  if (unread.length > 0) await tx.tell({ kind: 'GroupsUnread', incidentId: incident.id, groups: unread });
}
