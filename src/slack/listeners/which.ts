import { Refusal } from '../../domain/errors.ts';
import { type Incident, incidentLabel, isIncident, isOpen, mostReal } from '../../domain/incident.ts';
import type { RunView } from '../../domain/views.ts';
import type { Edge } from '../edge.ts';
import { presentWhich } from '../presenters/status.ts';
import type { Typed } from './parse.ts';
import { tell } from './tell.ts';
import type { Turn } from './turn.ts';

/** The incident that a word is about: named, else that of the channel, else the only one open. Null when several are, and then that was said. */
export async function whichIncident(edge: Edge, turn: Turn, typed: Typed): Promise<Incident | null> {
  await edge.incidents.mayLook(turn.by);
  const plain = await namedOrHere(edge, turn, typed.incidentId);
  if (plain) return plain;
  const candidates = candidatesAmong(typed.word, mostReal(await edge.incidents.open()));
  const [only, ...more] = candidates;
  if (only === undefined) throw new Refusal('No incident is open. /dr declare opens one.');
  if (more.length === 0) return only;
  await tell(edge, turn, presentWhich(candidates, [typed.word, typed.rest].join(' ').trim(), edge.simulated));
  return null;
}

/** The incident in which this code waits; a code is enough to find it from anywhere. */
export async function whichByCode(edge: Edge, turn: Turn, typed: Typed, code: string): Promise<Incident | null> {
  await edge.incidents.mayLook(turn.by);
  const plain = await namedOrHere(edge, turn, typed.incidentId);
  if (plain) return plain;
  for (const incident of (await edge.incidents.open()).filter(isOpen)) {
    const waiting = await edge.recovery.pendingConsents(incident.id);
    if (waiting.some((consent) => consent.code === code.toUpperCase())) return incident;
  }
  return whichIncident(edge, turn, typed);
}

export async function namedOrHere(edge: Edge, turn: Turn, incidentId: number | null): Promise<Incident | null> {
  if (incidentId !== null) {
    const named = (await edge.incidents.list()).find((each) => each.id === incidentId);
    if (named) return named;
    throw new Refusal(`Nothing has the number ${incidentId}. /dr list shows what there is.`);
  }
  return turn.channel === null ? null : edge.incidents.byChannel(turn.channel);
}

/** The run that people steer: the newest that has not ended. */
export async function currentRun(edge: Edge, incident: Incident): Promise<RunView> {
  const run = await edge.recovery.currentRun(incident.id);
  if (run) return run;
  throw new Refusal(`Nothing has been run in ${incidentLabel(incident)} yet. /dr help shows what may be.`);
}

function isWanted(word: string, incident: Incident): boolean {
  return word === 'close' && isIncident(incident) ? incident.phase === 'resolved' : isOpen(incident);
}

function candidatesAmong(word: string, notClosed: readonly Incident[]): readonly Incident[] {
  if (word === 'status') return notClosed;
  const wanted = notClosed.filter((incident) => isWanted(word, incident));
  return wanted.length > 0 ? wanted : notClosed;
}
