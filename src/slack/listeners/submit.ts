import { Refusal } from '../../domain/errors.ts';
import type { Edge } from '../edge.ts';
import type { Words } from '../presenters/message.ts';
import { sentenceModal } from '../presenters/modals/ask.ts';
import type { Modal } from '../presenters/modals/view.ts';
import { ackQuietly } from './ack.ts';
import { carry, sentenceOf } from './carry.ts';
import { blockFor, type Form } from './fields.ts';
import { tell } from './tell.ts';
import type { Turn } from './turn.ts';
import { updateView } from './views.ts';

/** What a form's submission comes to. */
export type Outcome =
  | { do: 'close'; tell: string | Words | null }
  /** Another form in its place, and what fills it once it is shown. */
  | { do: 'show'; view: Modal; fill: () => Promise<void> }
  | { do: 'errors'; errors: Record<string, string> };

export type Acknowledge = (
  response?: { response_action: 'update'; view: Modal } | { response_action: 'errors'; errors: Record<string, string> },
) => Promise<void>;

/** What was typed, still in its fields, below a sentence: for words that nobody wants to type twice. */
export type Keep = (sentence: string) => Modal;

/** Slack gives up on a form after three seconds; milliseconds. */
const patience = 2_400;

/**
 * Commits before it answers: what people see as done is done. When that takes longer than Slack waits, the form says so
 * and is changed once the outcome is known.
 */
export async function submit(
  edge: Edge,
  turn: Turn,
  of: { form: Form; ack: Acknowledge; keep?: Keep },
  work: () => Promise<Outcome>,
): Promise<void> {
  const answer = async (): Promise<void> => {
    const outcome = settle(edge, of.form, work);
    const inTime = await withinPatience(edge, outcome);
    if (inTime === null) {
      await ackQuietly(edge, () => of.ack({ response_action: 'update', view: stillWorking(edge, of.keep) }));
      return finishLate(edge, turn, of, await outcome);
    }
    await ackQuietly(edge, () => of.ack(responseOf(inTime)));
    await afterAck(edge, turn, inTime);
  };
  await carry(edge, turn, answer, () => of.ack());
}

/** A refusal becomes the error of its field. */
async function settle(edge: Edge, form: Form, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    const sentence = sentenceOf(edge, error);
    if (sentence === null) return { do: 'close', tell: null };
    const block = blockFor(form, error instanceof Refusal ? error.field : undefined);
    if (block !== null) return { do: 'errors', errors: { [block]: sentence } };
    return { do: 'show', view: said(edge, sentence), fill: async () => {} };
  }
}

function responseOf(outcome: Outcome): Parameters<Acknowledge>[0] {
  if (outcome.do === 'errors') return { response_action: 'errors', errors: outcome.errors };
  return outcome.do === 'show' ? { response_action: 'update', view: outcome.view } : undefined;
}

async function afterAck(edge: Edge, turn: Turn, outcome: Outcome): Promise<void> {
  if (outcome.do === 'show') await outcome.fill();
  if (outcome.do === 'close' && outcome.tell !== null) await tell(edge, turn, outcome.tell);
}

async function finishLate(
  edge: Edge,
  turn: Turn,
  { form, keep }: { form: Form; keep?: Keep },
  outcome: Outcome,
): Promise<void> {
  const open = { id: form.id, hash: null };
  await updateView(edge, open, lateView(edge, outcome, keep));
  await afterAck(edge, turn, outcome);
}

function lateView(edge: Edge, outcome: Outcome, keep: Keep | undefined): Modal {
  if (outcome.do === 'show') return outcome.view;
  const words = wordsOf(outcome);
  return outcome.do === 'errors' && keep ? keep(words) : said(edge, words);
}

function wordsOf(outcome: Exclude<Outcome, { do: 'show' }>): string {
  if (outcome.do === 'errors') return Object.values(outcome.errors).join('\n');
  if (outcome.tell === null) return 'This form was sent before. /dr status shows what is true now.';
  return typeof outcome.tell === 'string' ? outcome.tell : 'It is done: the answer is in the channel.';
}

/** The outcome, or null when it takes longer than Slack waits. */
async function withinPatience(edge: Edge, outcome: Promise<Outcome>): Promise<Outcome | null> {
  const stop = new AbortController();
  const late = edge.real.sleep(patience, stop.signal).then(
    () => null,
    () => null,
  );
  const first = await Promise.race([outcome, late]);
  stop.abort();
  return first;
}

function stillWorking(edge: Edge, keep: Keep | undefined): Modal {
  const words = 'This takes longer than usual. Nothing is known of its outcome yet; this form changes when it is.';
  return keep ? keep(words) : said(edge, words);
}

function said(edge: Edge, words: string): Modal {
  return sentenceModal({ metadata: '', simulated: edge.simulated }, 'Muster', words);
}
