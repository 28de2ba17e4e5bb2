import { isIncident, isOpen } from '../../../domain/incident.ts';
import type { Edge } from '../../edge.ts';
import { presentHelp, type Standing } from '../../presenters/help.ts';
import { presentList, presentStatus } from '../../presenters/status.ts';
import type { Typed } from '../parse.ts';
import { rolesAtHome } from '../roles.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { namedOrHere, whichIncident } from '../which.ts';

/** Open incidents of which the list says what is promised to whom. */
const mostInList = 8;

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
  await tell(edge, turn, presentStatus(view, run, consents, edge.home));
}

/** `/dr list` */
export async function showList(edge: Edge, turn: Turn): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  const incidents = await edge.incidents.list();
  const open = incidents.filter(isOpen).slice(0, mostInList);
  const views = new Map(await Promise.all(open.map(async ({ id }) => [id, await edge.incidents.view(id)] as const)));
  const look = { home: edge.home, now: edge.clock.now(), simulated: edge.simulated, views };
  await tell(edge, turn, presentList(incidents, look));
}

/** `/dr` and `/dr help` */
export async function showHelp(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  await tell(edge, turn, presentHelp(await standingOf(edge, turn, typed)));
}

async function standingOf(edge: Edge, turn: Turn, typed: Typed): Promise<Standing> {
  const here = await namedOrHere(edge, turn, typed.incidentId);
  const open = here === null ? (await edge.incidents.open()).filter(isIncident) : [];
  const incident = here ?? (open.length === 1 ? (open[0] ?? null) : null);
  return {
    commands: edge.recovery.commands(),
    incident,
    run: incident === null ? null : await edge.recovery.currentRun(incident.id),
    consents: incident === null ? [] : await edge.recovery.pendingConsents(incident.id),
    roles: await rolesAtHome(edge, turn),
    scheduled: Object.keys(edge.home.schedules).length > 0,
    simulated: edge.simulated,
  };
}
