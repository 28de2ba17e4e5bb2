import { incidentLabel } from '../../../domain/incident.ts';
import type { Edge } from '../../edge.ts';
import { shareFile } from '../../files.ts';
import { presentReport } from '../../presenters/review.ts';
import { presentTimeline } from '../../presenters/timeline.ts';
import { troubleOf } from '../../slack-errors.ts';
import type { Typed } from '../parse.ts';
import { tell } from '../tell.ts';
import type { Turn } from '../turn.ts';
import { whichIncident } from '../which.ts';

/** `/dr timeline`, and `/dr timeline TEXT`, which writes in it. */
export async function timelineHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  if (typed.rest !== '') {
    await turn.fresh();
    return tell(edge, turn, await edge.incidents.timeline.note({ incidentId: incident.id, text: typed.rest }, turn.by));
  }
  const entries = await edge.incidents.timeline.list(incident.id, turn.by);
  const { home, simulated } = edge;
  await tell(
    edge,
    turn,
    presentTimeline(entries, { home, simulated, label: incidentLabel(incident), now: edge.clock.now() }),
  );
}

/** `/dr report`: where the reviews stand; the document goes to whoever asked, and to nobody else. */
export async function reportHere(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  await edge.incidents.mayLook(turn.by);
  const incident = await whichIncident(edge, turn, typed);
  if (incident === null) return;
  const report = await edge.reports.report(incident.id);
  await turn.fresh();
  const sent = await sendDirectly(edge, turn, report.file);
  const look = { home: edge.home, label: incidentLabel(incident), sent, simulated: edge.simulated };
  await tell(edge, turn, presentReport(report, look));
}

async function sendDirectly(edge: Edge, turn: Turn, file: Parameters<typeof shareFile>[1]): Promise<boolean> {
  const { bulk } = edge.clients;
  try {
    const { channel } = await bulk.conversations.open({ users: turn.user });
    if (!channel?.id) return false;
    await shareFile(bulk, file, { channel: channel.id });
    return true;
  } catch (error) {
    edge.log.warn({ user: turn.user, trouble: troubleOf(error) }, 'A report could not be sent as a file.');
    return false;
  }
}
