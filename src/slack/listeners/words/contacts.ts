import { contactsFor, contactsOf, peopleToCall } from '../../../domain/contacts.ts';
import type { Edge } from '../../edge.ts';
import { presentContacts } from '../../presenters/contacts.ts';
import type { Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { namedOrHere } from '../which.ts';

/** `/dr contacts`: to whoever asks alone; in an incident those first that it needs. */
export async function showContacts(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  const here = await namedOrHere(edge, turn, typed.incidentId);
  const needed = here === null ? [] : contactsFor(edge.home, here);
  const names = needed.map(({ name }) => name);
  const others = contactsOf(edge.home).filter(({ name }) => !names.includes(name));
  await tell(edge, turn, presentContacts({ needed, others, people: peopleToCall(edge.home) }, edge.simulated));
}
