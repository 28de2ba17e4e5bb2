import { Duration, durationMs } from '../../../domain/duration.ts';
import { Refusal } from '../../../domain/errors.ts';
import type { Edge } from '../../edge.ts';
import type { Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { whichIncident } from '../which.ts';

/** `/dr snooze [10m]` */
export async function snoozeHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const [length] = typed.args;
  const forMs = length === undefined ? {} : { forMs: milliseconds(length) };
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await turn.fresh();
  await tell(edge, turn, await edge.broadcast.updates.snooze({ incidentId: incident.id, ...forMs }, turn.by));
}

/** `/dr ack` */
export async function acknowledgeHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await turn.fresh();
  await tell(edge, turn, await edge.broadcast.ack({ incidentId: incident.id }, turn.by));
}

/** `/dr severity P2` */
export async function setSeverity(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const [severity] = typed.args;
  const known = Object.keys(edge.home.severities).join(', ');
  if (severity === undefined) throw new Refusal(`Name the severity: /dr severity P2. There are ${known}.`);
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  await turn.fresh();
  await tell(edge, turn, await edge.incidents.setSeverity({ incidentId: incident.id, severity }, turn.by));
}

function milliseconds(length: string): number {
  const duration = Duration.safeParse(length);
  if (duration.success) return durationMs(duration.data);
  throw new Refusal(`${length} is not a length of time: expected one such as 10m or 90s. Nothing has been held back.`);
}
