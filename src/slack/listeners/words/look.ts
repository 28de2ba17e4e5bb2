import { type Role, roleNames } from '../../../domain/home.ts';
import type { Edge } from '../../edge.ts';
import { presentHelp, type Standing } from '../../presenters/help.ts';
import { rtoOf } from '../../presenters/objectives.ts';
import { presentList, presentStatus } from '../../presenters/status.ts';
import type { Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { namedOrHere, whichIncident } from '../which.ts';

/** `/dr status` */
export async function showStatus(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  const [view, run, consents] = await Promise.all([
    edge.incidents.view(incident.id),
    edge.recovery.currentRun(incident.id),
    edge.recovery.pendingConsents(incident.id),
  ]);
  const look = { home: edge.home, rtoMs: rtoOf(edge.home, incident.services) };
  await tell(edge, turn, presentStatus(view, run, consents, look));
}

/** `/dr list` */
export async function showList(edge: Edge, turn: Turn): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  const incidents = await edge.incidents.list();
  await tell(edge, turn, presentList(incidents, { home: edge.home, now: edge.clock.now(), simulated: edge.simulated }));
}

/** `/dr` and `/dr help` */
export async function showHelp(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  await tell(edge, turn, presentHelp(await standingOf(edge, turn, typed)));
}

async function standingOf(edge: Edge, turn: Turn, typed: Typed): Promise<Standing> {
  const here = await namedOrHere(edge, turn, typed.incidentId);
  const open = here === null ? await edge.incidents.open() : [];
  const incident = here ?? (open.length === 1 ? (open[0] ?? null) : null);
  return {
    commands: edge.recovery.commands(),
    incident,
    run: incident === null ? null : await edge.recovery.currentRun(incident.id),
    consents: incident === null ? [] : await edge.recovery.pendingConsents(incident.id),
    roles: await rolesAtHome(edge, turn),
    simulated: edge.simulated,
  };
}

/** Roles by muster.yml; a group that cannot be read grants none here. */
async function rolesAtHome(edge: Edge, turn: Turn): Promise<ReadonlySet<Role>> {
  const held = await Promise.all(
    roleNames.map(async (role) => {
      const inGroup = await Promise.all(edge.home.roles[role].map((member) => isMember(edge, turn, member)));
      return inGroup.includes(true) ? [role] : [];
    }),
  );
  return new Set(held.flat());
}

async function isMember(edge: Edge, turn: Turn, member: string): Promise<boolean> {
  if (!member.startsWith('group:')) return member === turn.by.name;
  const members = await edge.groups(member.slice('group:'.length)).catch((): string[] => []);
  return members.includes(turn.user);
}
