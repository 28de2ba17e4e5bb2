import type { Tx } from '../../domain/ports/store.ts';
import { membersOf } from '../../store/roles.ts';

/** Those who are pinged about what customers and the public read, by Slack id or by name. */
export async function publishersOf(tx: Tx, incidentId: number): Promise<string[]> {
  const members = await membersOf(tx, incidentId, 'publishers');
  return members.map((member) => member.slack ?? member.person);
}
