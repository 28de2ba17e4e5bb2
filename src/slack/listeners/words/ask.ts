import { Refusal } from '../../../domain/errors.ts';
import type { Edge } from '../../edge.ts';
import type { AskMeta } from '../../values.ts';
import { type Form, typedIn } from '../fields.ts';
import { consentSentence } from '../sentences.ts';
import type { Outcome } from '../submit.ts';
import type { Turn } from '../turn.ts';

/** Forms that ask one reason. */

export async function submitBreakGlass(edge: Edge, turn: Turn, form: Form, { about }: AskMeta): Promise<Outcome> {
  if (about.code === undefined || about.incidentId === undefined) throw outdated();
  await turn.fresh();
  const ask = { code: about.code, incidentId: about.incidentId, reason: typedIn(form, 'reason') };
  return { do: 'close', tell: consentSentence(await edge.recovery.breakGlass(ask, turn.by)) };
}

/** Skips a step or defers a fence: which of them, recovery knows from the step. */
export async function submitSkip(edge: Edge, turn: Turn, form: Form, { about }: AskMeta): Promise<Outcome> {
  if (about.runId === undefined || about.step === undefined) throw outdated();
  await turn.fresh();
  const ask = { runId: about.runId, step: about.step, reason: typedIn(form, 'reason') };
  return { do: 'close', tell: await edge.recovery.skip(ask, turn.by) };
}

export async function submitFailed(edge: Edge, turn: Turn, form: Form, { about }: AskMeta): Promise<Outcome> {
  if (about.runId === undefined || about.step === undefined) throw outdated();
  await turn.fresh();
  const ask = { runId: about.runId, step: about.step, done: false, note: typedIn(form, 'reason') };
  return { do: 'close', tell: await edge.recovery.answer(ask, turn.by) };
}

function outdated(): Refusal {
  return new Refusal('This form is from before a restart: press the button again.');
}
