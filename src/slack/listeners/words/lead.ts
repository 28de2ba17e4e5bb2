import { Refusal } from '../../../domain/errors.ts';
import { type Role, roleNames } from '../../../domain/home.ts';
import { personBySlack } from '../../../domain/identity.ts';
import { type Incident, incidentLabel } from '../../../domain/incident.ts';
import { suggestion } from '../../../domain/nearest.ts';
import type { Edge } from '../../edge.ts';
import { sections } from '../../presenters/blocks.ts';
import { recoveryLines } from '../../presenters/clock.ts';
import { said } from '../../presenters/escape.ts';
import { message, type Words } from '../../presenters/message.ts';
import { neverPublished } from '../../presenters/public-draft.ts';
import { parsePerson, type Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { whichIncident } from '../which.ts';

/** `/dr resolve` */
export async function resolveHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await tell(edge, turn, await resolveIncident(edge, turn, incident.id));
}

/** Ends the impact; the answer holds recovery as it was measured. */
export async function resolveIncident(edge: Edge, turn: Turn, incidentId: number): Promise<Words> {
  await turn.fresh();
  const { incident, recovery, unpublished } = await edge.incidents.resolve({ incidentId }, turn.by);
  const lines = [
    `✅ *${incidentLabel(incident.id)} is resolved:* ${said(incident.title)}`,
    ...recoveryLines(recovery),
    ...(unpublished ? [`⚠️ ${neverPublished}`] : []),
  ];
  return message(lines.join('\n'), sections(lines), edge.simulated);
}

/** `/dr close` */
export async function closeHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await turn.fresh();
  const closed = await edge.incidents.close({ incidentId: incident.id }, turn.by);
  await tell(edge, turn, `${incidentLabel(closed.id)} is closed.`);
}

/** `/dr assign ROLE @user` */
export async function assignRole(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const [typedRole, typedPerson] = typed.args;
  if (typedRole === undefined || typedPerson === undefined) {
    throw new Refusal(
      `Name the role and the person: /dr assign ROLE @user. Roles: ${roleNames.map(singular).join(', ')}.`,
    );
  }
  const role = roleNames.find(
    (known) => known === typedRole.toLowerCase() || singular(known) === typedRole.toLowerCase(),
  );
  if (role === undefined)
    throw new Refusal(`There is no role ${typedRole}: ${suggestion(typedRole, roleNames.map(singular))}`);
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await assign(edge, turn, { incident, role, person: personNamed(edge, typedPerson) });
}

async function assign(edge: Edge, turn: Turn, ask: { incident: Incident; role: Role; person: string }): Promise<void> {
  await turn.fresh();
  const { incident, role, person } = ask;
  await tell(edge, turn, await edge.incidents.assign({ incidentId: incident.id, role, person }, turn.by));
}

function personNamed(edge: Edge, typed: string): string {
  const token = parsePerson(typed);
  if (Object.hasOwn(edge.home.people, token)) return token;
  if (/^[UW][A-Z0-9]{2,20}$/.test(token)) return personBySlack(edge.home, token).name;
  throw new Refusal(`${typed} is nobody in muster.yml: ${suggestion(token, Object.keys(edge.home.people))}`);
}

function singular(role: Role): string {
  return role.slice(0, -1);
}
