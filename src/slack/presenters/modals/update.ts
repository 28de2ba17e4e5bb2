import type { UpdateForm } from '../../../broadcast/broadcast.ts';
import { type Audience, outside } from '../../../domain/audience.ts';
import type { ComponentStatus, PublicStatus } from '../../../domain/notice.ts';
import { form, type UpdateChoice } from '../../values.ts';
import { audienceName } from '../audiences.ts';
import { type Block, context, section } from '../blocks.ts';
import { dueAt } from '../times.ts';
import { checksInput, type Modal, modal, selectInput, textInput } from './view.ts';

export interface Frame {
  title: string;
  metadata: string;
  simulated: boolean;
}

export interface UpdateWords {
  inside: string;
  outside: string;
}

/** Up to this many components are chosen each; above, one choice is for all. A form has 100 blocks at most. */
export const eachComponent = 20;

export const statusWords: Record<PublicStatus, string> = {
  investigating: 'Investigating',
  identified: 'Identified',
  monitoring: 'Monitoring',
  resolved: 'Resolved',
};

export const componentWords: Record<ComponentStatus, string> = {
  operational: 'Operational',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
  under_maintenance: 'Under maintenance',
};

/** Of the select for all components: each stays as it is. */
export const asItIs = 'as-it-is';

export function componentField(id: string): string {
  return `components:${id}`;
}

/** Opened before anything is read. */
export function readingUpdateModal(frame: Frame): Modal {
  return modal({
    ...frame,
    callback: form.none,
    blocks: [section('⏳ *Reading the current state…*\nNothing is sent by this.')],
  });
}

/**
 * What to say, to whom, and what the status page shows. `before` is what was entered when it was left for the preview,
 * or typed after the word.
 */
export function updateModal(
  frame: Frame,
  state: UpdateForm,
  before: { words: Partial<UpdateWords>; choice: UpdateChoice | null },
): Modal {
  const reached = state.audiences.map(({ audience }) => audience);
  const words = {
    inside: before.words.inside ?? state.inside,
    outside: reached.some((each) => outside.includes(each)) ? (before.words.outside ?? state.outside) : '',
  };
  const told = before.choice?.audiences ?? firstChoice(state, before.words.inside === undefined);
  return modal({
    ...frame,
    callback: form.update,
    submit: 'Preview',
    close: 'Cancel',
    blocks: [
      audiencesInput(state, told),
      ...wordsInputs(words, reached),
      ...pageInputs(state.page, before.choice?.page ?? null),
      context(
        'Next you see what each of them reads, word for word. Nothing is sent before that; closing this keeps nothing.',
      ),
    ],
  });
}

/** The fields of the words; their names stay the same in the preview, so that Slack keeps what was typed. */
export function wordsInputs(words: UpdateWords, audiences: readonly Audience[]): Block[] {
  const inner = audiences.filter((each) => !outside.includes(each));
  const outer = audiences.filter((each) => outside.includes(each));
  const careful = 'No guess at a cause or an end, no internal names.';
  return [
    ...(inner.length > 0 || words.inside !== ''
      ? [wordsInput('inside', `Words for inside (${named(inner)})`, words.inside)]
      : []),
    ...(outer.length > 0 || words.outside !== ''
      ? [wordsInput('outside', `Words for outside (${named(outer)})`, words.outside, careful)]
      : []),
  ];
}

function named(audiences: readonly Audience[]): string {
  return audiences.map((each) => audienceName[each].toLowerCase()).join(', ') || 'nobody is chosen';
}

function wordsInput(field: 'inside' | 'outside', label: string, initial: string, hint?: string): Block {
  const fits = initial.slice(0, 3000).replace(/[\uD800-\uDBFF]$/, '');
  return textInput({
    field,
    label,
    initial: fits,
    multiline: true,
    optional: true,
    max: 3000,
    ...(hint ? { hint } : {}),
  });
}

/** Who is due, of those that this person may tell; of those outside only where the words inside were not begun. */
function firstChoice(state: UpdateForm, withOutside: boolean): Audience[] {
  const mine = state.audiences.filter((each) => each.mayTell);
  const wanted = mine.filter((each) => each.due && (withOutside || !outside.includes(each.audience)));
  const due = wanted.map(({ audience }) => audience);
  const inner = mine.map(({ audience }) => audience).filter((each) => !outside.includes(each));
  return due.length > 0 ? due : inner;
}

function audiencesInput(state: UpdateForm, chosen: readonly Audience[]): Block {
  const options = state.audiences.map((each) => ({
    text: audienceName[each.audience],
    value: each.audience,
    description: [dueWords(each, state), outside.includes(each.audience) ? 'a publisher’s to tell' : '']
      .filter(Boolean)
      .join(' · '),
  }));
  return checksInput({ field: 'audiences', label: 'Who is told?', options, chosen });
}

function dueWords(
  { promised, dueAt: due }: UpdateForm['audiences'][number],
  { timezone, now }: Pick<UpdateForm, 'timezone' | 'now'>,
): string {
  if (promised !== null) return dueAt(promised, timezone, now, 'promised by').words;
  return due === null ? 'nothing is due' : dueAt(due, timezone, now).words;
}

function pageInputs(page: UpdateForm['page'], before: UpdateChoice['page']): Block[] {
  if (page === null) return [];
  const hint = page.open
    ? 'Only when the public is told.'
    : 'Only when the public is told: these are its first words, which open the public incident.';
  const options = Object.entries(statusWords).map(([value, text]) => ({ text, value }));
  const copied = page.canPost ? [] : [context('📋 No status page key is set: the words are handed over to be copied.')];
  return [
    selectInput({
      field: 'page',
      label: 'The status page says',
      hint,
      options,
      initial: before?.status ?? page.status,
    }),
    ...componentInputs(page, before),
    checksInput({
      field: 'notify',
      label: 'Subscribers of the status page',
      options: [{ text: 'Notify them', value: 'notify', description: 'by mail and text message, as they asked for' }],
      chosen: before?.notify === false ? [] : ['notify'],
      optional: true,
    }),
    ...copied,
  ];
}

function componentInputs(page: NonNullable<UpdateForm['page']>, before: UpdateChoice['page']): Block[] {
  const components = Object.entries(page.components);
  const options = Object.entries(componentWords).map(([value, text]) => ({ text, value }));
  if (components.length <= eachComponent) {
    return components.map(([id, { service, status }]) =>
      selectInput({
        field: componentField(id),
        label: `Component of ${service}`,
        options,
        initial: before?.components[id] ?? status,
      }),
    );
  }
  const all = [{ text: 'Each as it is now', value: asItIs }, ...options];
  const label = `All ${components.length} components of this incident`;
  return [selectInput({ field: 'components', label, options: all, initial: before?.all ?? asItIs })];
}
