import { createHash } from 'node:crypto';
import type { UpdateAsk, UpdateForm } from '../../broadcast/broadcast.ts';
import { audiences, outside } from '../../domain/audience.ts';
import { Refusal } from '../../domain/errors.ts';
import { asItIs, componentField, type UpdateWords } from '../presenters/modals/update.ts';
import { ComponentState, UpdateChoice } from '../values.ts';
import { allChosenIn, chosenIn, type Form, fieldsWithPrefix, typedIn } from './fields.ts';

/** Words as they will be sent: the same however a client ends its lines. */
export function wordsIn(form: Form): UpdateWords {
  const clean = (field: string): string => typedIn(form, field).replaceAll('\r\n', '\n').trim();
  return { inside: clean('inside'), outside: clean('outside') };
}

/** By which a preview is known to be of these very words. */
export function digestOf(words: UpdateWords): string {
  return createHash('sha256')
    .update(JSON.stringify([words.inside, words.outside]))
    .digest('hex')
    .slice(0, 16);
}

/** What was chosen in the editor. Throws `Refusal` with its field for what nobody can have chosen there. */
export function choiceIn(form: Form): UpdateChoice {
  const chosen = allChosenIn(form, 'audiences');
  const status = chosenIn(form, 'page');
  const all = chosenIn(form, 'components');
  const each = fieldsWithPrefix(form, componentField('')).map((field) => [
    field.slice(componentField('').length),
    chosenIn(form, field),
  ]);
  const choice = UpdateChoice.safeParse({
    audiences: audiences.filter((audience) => chosen.includes(audience)),
    page:
      status === null
        ? null
        : {
            status,
            notify: allChosenIn(form, 'notify').includes('notify'),
            components: Object.fromEntries(each.filter(([, state]) => state !== null)),
            all: all === asItIs ? null : all,
          },
  });
  if (!choice.success) throw new Refusal('This form is from an older version: open it again.', 'audiences');
  return choice.data;
}

/** Nobody is told nothing: the words of each that is told are there. */
export function refuseEmpty(words: UpdateWords, { audiences: told }: UpdateChoice): void {
  if (told.length === 0) throw new Refusal('Nobody is chosen: choose whom to tell.', 'audiences');
  const inner = told.some((audience) => !outside.includes(audience));
  const outer = told.some((audience) => outside.includes(audience));
  if (inner && words.inside === '')
    throw new Refusal('Say something to those inside, or do not choose them.', 'inside');
  if (outer && words.outside === '')
    throw new Refusal('Say something to those outside, or do not choose them.', 'outside');
}

/** One state for all is one for each component that this incident has now. */
export function askOf(
  incidentId: number,
  words: UpdateWords,
  choice: UpdateChoice,
  page: UpdateForm['page'],
): UpdateAsk {
  const toPublic = choice.audiences.includes('public');
  return { incidentId, audiences: choice.audiences, ...words, page: toPublic ? pageOf(choice, page) : null };
}

function pageOf({ page: chosen }: UpdateChoice, page: UpdateForm['page']): UpdateAsk['page'] {
  if (chosen === null) return null;
  const { status, notify, components, all } = chosen;
  const state = ComponentState.safeParse(all);
  if (!state.success) return { status, notify, components };
  const ids = Object.keys(page?.components ?? {});
  return { status, notify, components: Object.fromEntries(ids.map((id) => [id, state.data])) };
}
