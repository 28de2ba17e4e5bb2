import type { Preview } from '../../../broadcast/broadcast.ts';
import { act, encode, form, type UpdateChoice } from '../../values.ts';
import { previewBlocks } from '../audiences.ts';
import { actions, type Block, button, context, divider, section } from '../blocks.ts';
import { code, saidLines } from '../escape.ts';
import { componentWords, type Frame, statusWords, type UpdateWords, wordsInputs } from './update.ts';
import { type Modal, modal } from './view.ts';

/** Blocks of what is shown, so that the fields below it always have room. */
const roomFor = 80;

export interface PreviewForm extends Frame {
  previews: readonly Preview[];
  choice: UpdateChoice;
  words: UpdateWords;
  /** The service that a component of the status page stands for. */
  serviceOf: (component: string) => string;
  /** What went wrong, or that it takes long, when there is something to say about the last attempt. */
  notice?: string;
}

/**
 * What each audience would read, word for word. The words stay in their own fields below: metadata is too short for
 * them, and whatever is changed there is shown once more before it goes.
 */
export function previewModal(ask: PreviewForm): Modal {
  const shown = [
    ...ask.previews.flatMap((preview) => [...previewBlocks(preview), divider]),
    ...pageBlocks(ask.choice, ask.serviceOf),
  ];
  const cut = shown.length > roomFor ? [context('✂️ The rest does not fit here; it is sent in full.')] : [];
  const top =
    ask.notice === undefined ? '👀 *This is what they read.* Nothing has been sent yet.' : `⚠️ ${saidLines(ask.notice)}`;
  return modal({
    title: ask.title,
    metadata: ask.metadata,
    simulated: ask.simulated,
    callback: form.preview,
    submit: ask.previews.length > 0 ? 'Send now' : 'Preview again',
    close: 'Cancel',
    blocks: [
      section(top),
      ...shown.slice(0, roomFor),
      ...cut,
      ...actions(act.back, [button('← Back to the form', act.back, encode({}))]),
      ...wordsInputs(ask.words, ask.choice.audiences),
      context('Changed something here? It is shown to you once more before it goes.'),
    ],
  });
}

function pageBlocks({ page, audiences }: UpdateChoice, serviceOf: (component: string) => string): Block[] {
  if (page === null || !audiences.includes('public')) return [];
  const each = Object.entries(page.components).map(
    ([id, status]) => `${code(serviceOf(id))} ${componentWords[status]}`,
  );
  const all = page.all === null ? 'each as it is now' : `all ${componentWords[page.all]}`;
  const components = each.length > 0 ? each.join(', ') : all;
  const notify = page.notify ? 'subscribers *are notified*' : 'subscribers are not notified';
  return [section(`🌐 The status page says *${statusWords[page.status]}*; ${notify}. Components: ${components}.`)];
}
