import { sayOwed, sayUntold } from '../../../domain/audience.ts';
import { Refusal } from '../../../domain/errors.ts';
import { type Role, roleNames } from '../../../domain/home.ts';
import { personBySlack, slackOf } from '../../../domain/identity.ts';
import { type Incident, incidentLabel } from '../../../domain/incident.ts';
import { advice } from '../../../domain/nearest.ts';
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
  const { incident, recovery, unpublished, untold } = await edge.incidents.resolve({ incidentId }, turn.by);
  const lines = [
    `✅ *${incidentLabel(incident)} is resolved:* ${said(incident.title)}`,
    ...recoveryLines(recovery),
    ...(unpublished ? [`⚠️ ${neverPublished}`] : []),
    ...[sayUntold(untold)].flatMap((words) => (words === null ? [] : [`⚠️ ${words}`])),
  ];
  return message(lines.join('\n'), sections(lines), edge.simulated);
}

/** `/dr close` */
export async function closeHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await tell(edge, turn, await closeIncident(edge, turn, incident.id));
}

export async function closeIncident(edge: Edge, turn: Turn, incidentId: number): Promise<string> {
  await turn.fresh();
  const { incident, owed, untold } = await edge.incidents.close({ incidentId }, turn.by);
  const silences = [sayOwed(owed), sayUntold(untold)].filter((words) => words !== null);
  return [`${incidentLabel(incident)} is closed.`, ...silences.map((words) => `⚠️ ${words}`)].join('\n');
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
    throw new Refusal(`There is no role ${typedRole}: ${advice(typedRole, roleNames.map(singular))}`);
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  const person = personNamed(edge, typedPerson);
  await refuseOutsider(edge, person);
  await assign(edge, turn, { incident, role, person });
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
  throw new Refusal(`${typed} is nobody in muster.yml: ${advice(token, Object.keys(edge.home.people))}`);
}

/** A role given to a guest or a bot would never be let in. */
async function refuseOutsider(edge: Edge, person: string): Promise<void> {
  const slack = slackOf(edge.home, person);
  const standing = slack === null ? 'member' : await edge.standings.of(slack);
  if (standing === null || standing === 'member') return;
  throw new Refusal(`${person} ${outside[standing]}: only a full member of this workspace can hold a role.`);
}

const outside = {
  guest: 'is a guest of this workspace',
  bot: 'is a bot',
  stranger: 'belongs to another workspace',
  gone: 'has no active account in this workspace',
};

function singular(role: Role): string {
  return role.slice(0, -1);
}
