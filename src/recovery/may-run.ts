import { Refusal } from '../domain/errors.ts';
import { type Person, refuseUnless } from '../domain/person.ts';
import type { Tx } from '../domain/ports/store.ts';
import { scheduleNamed } from '../domain/schedule.ts';
import { rolesOf } from '../store/roles.ts';
import type { RecoveryDeps } from './deps.ts';

/**
 * Who may ask for a command: a commander. What muster.yml starts at its time may ask for its own command and no other, on
 * the authority of that file: no person gains a role by it. Throws `Refusal`.
 */
export async function refuseUnlessMayRun(
  tx: Tx,
  { home }: Pick<RecoveryDeps, 'home'>,
  { incidentId, command }: { incidentId: number; command: string },
  by: Person,
): Promise<void> {
  if (by.door !== 'schedule') return refuseUnless(await rolesOf(tx, incidentId, by), 'run');
  const schedule = home.schedules[scheduleNamed(by.name) ?? ''];
  if (schedule?.start === 'automatic' && schedule.command === command) return;
  throw new Refusal(`${by.name} starts nothing but the command that muster.yml names for it: ${command} is not it.`);
}
