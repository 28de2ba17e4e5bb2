import { Refusal } from '../../../domain/errors.ts';
import { isIncident } from '../../../domain/incident.ts';
import type { ConsentView } from '../../../domain/views.ts';
import type { Edge } from '../../edge.ts';
import { presentElsewhere } from '../../presenters/elsewhere.ts';
import type { Words } from '../../presenters/message.ts';
import { acceptField } from '../../presenters/modals/command.ts';
import type { CommandMeta } from '../../values.ts';
import { fillForm, openCommandForm, reading } from '../command-form.ts';
import { type Form, typedIn, typedWithPrefix } from '../fields.ts';
import { parseInputs, type Typed } from '../parse.ts';
import { consentSentence } from '../sentences.ts';
import type { Outcome } from '../submit.ts';
import type { Turn } from '../turn.ts';
import { namedOrHere } from '../which.ts';
import { declareFrom } from './declare.ts';

/** `/dr NAME [input=value …]`, and with `question: false` `/dr plan NAME`. */
export async function openCommand(edge: Edge, turn: Turn, typed: Typed, question: boolean): Promise<void> {
  const { inputs, mode } = parseInputs(typed.args);
  await openCommandForm(edge, turn, {
    ...blankMeta(turn, typed.word),
    inputs,
    mode,
    question,
    incidentId: typed.incidentId,
  });
}

/** `/dr undo`, and the button of a run: the plan of putting back, with its own question. */
export async function openUndo(
  edge: Edge,
  turn: Turn,
  about: { incidentId: number | null; runId: string | null },
): Promise<void> {
  await openCommandForm(edge, turn, { ...blankMeta(turn, 'undo'), incidentId: about.incidentId, undoes: about.runId });
}

/** The requester's own consent, with the phrase and the reasons that they typed. */
export async function submitCommand(edge: Edge, turn: Turn, form: Form, meta: CommandMeta): Promise<Outcome> {
  if (meta.planId === null) throw new Refusal('This form is from before a restart: run the command again.');
  await turn.fresh();
  const accept = typedWithPrefix(form, acceptField(''));
  const consent = await edge.recovery.request(
    { planId: meta.planId, phrase: typedIn(form, 'phrase'), accept },
    turn.by,
  );
  return { do: 'close', tell: await answerOf(edge, turn, consent) };
}

/** Whoever asked from elsewhere is told where it goes on. */
async function answerOf(edge: Edge, turn: Turn, consent: ConsentView): Promise<string | Words> {
  const sentence = consentSentence(consent);
  const record = await namedOrHere(edge, turn, consent.plan.incidentId);
  if (record === null || isIncident(record) || record.channel === turn.channel) return sentence;
  return presentElsewhere(sentence, record, edge.simulated);
}

/** Declares, then reads the plan in the same form. */
export async function submitDeclareFirst(edge: Edge, turn: Turn, form: Form, meta: CommandMeta): Promise<Outcome> {
  const incident = await declareFrom(edge, turn, form);
  const next: CommandMeta = { ...meta, incidentId: incident.id };
  return {
    do: 'show',
    view: reading(edge, next),
    fill: () => fillForm(edge, turn, { id: form.id, hash: null }, next),
  };
}

export function blankMeta(turn: Turn, command: string): CommandMeta {
  return {
    channel: turn.channel,
    respondTo: turn.respondTo,
    command,
    inputs: {},
    mode: null,
    question: true,
    incidentId: null,
    planId: null,
    undoes: null,
  };
}
