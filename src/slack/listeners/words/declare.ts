import { Refusal } from '../../../domain/errors.ts';
import { type Incident, incidentLabel } from '../../../domain/incident.ts';
import type { Edge } from '../../edge.ts';
import { declareModal } from '../../presenters/modals/declare.ts';
import { encode } from '../../values.ts';
import { allChosenIn, chosenIn, type Form, instantIn, typedIn } from '../fields.ts';
import type { Typed } from '../parse.ts';
import type { Outcome } from '../submit.ts';
import type { Turn } from '../turn.ts';
import { openView } from '../views.ts';

/** `/dr declare [title]`: the form opens at once, for all that it needs is known already. */
export async function openDeclare(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const metadata = encode({ channel: turn.channel, respondTo: turn.respondTo });
  await openView(
    edge,
    turn,
    declareModal({
      home: edge.home,
      commands: edge.recovery.commands(),
      now: edge.clock.now(),
      title: typed.rest,
      metadata,
      simulated: edge.simulated,
    }),
  );
}

export async function submitDeclare(edge: Edge, turn: Turn, form: Form): Promise<Outcome> {
  const incident = await declareFrom(edge, turn, form);
  const where =
    incident.channel === null
      ? `Its channel #${incident.channelName} is being opened, and you are invited: a direct message will lead you there.`
      : 'Its channel is open, and you are invited.';
  return { do: 'close', tell: `${incidentLabel(incident)} is declared: ${incident.title}. ${where}` };
}

/** One form declares one incident, however often it arrives. */
export async function declareFrom(edge: Edge, turn: Turn, form: Form): Promise<Incident> {
  const impactBeganAt = instantIn(form, 'impactBeganAt');
  if (impactBeganAt === null) throw new Refusal('Say when the impact began.', 'impactBeganAt');
  if (impactBeganAt > edge.clock.now()) throw new Refusal('The impact cannot begin in the future.', 'impactBeganAt');
  const scenario = chosenIn(form, 'scenario');
  await turn.fresh();
  return edge.incidents.declare(
    {
      title: typedIn(form, 'title').trim(),
      severity: chosenIn(form, 'severity') ?? '',
      services: allChosenIn(form, 'services'),
      impactBeganAt,
      ...(scenario ? { scenario } : {}),
      requestKey: `slack:${form.id}`,
    },
    turn.by,
  );
}
