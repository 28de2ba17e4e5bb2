import { drawBlocks } from './blocks.js';
import { busy, input } from './controls.js';
import { byId, h } from './dom.js';
import { textOf } from './mrkdwn.js';
import { forget, notice } from './notices.js';
import { mine, post, state } from './store.js';

let shown = null;

/** Shows the modal on top of this person's screen, and keeps what they have entered when it is changed under them. */
export function drawModal() {
  const views = (state.views ?? []).filter((view) => view.user === mine.user && view.body.type === 'modal');
  const view = views.at(-1);
  const version = view ? `${view.id}/${view.hash}/${view.trouble}` : null;
  if (version === (shown?.version ?? null)) return;
  const entered = shown?.view.id === view?.id ? shown.values() : {};
  const focused = document.activeElement?.id;
  shown?.dialog.remove();
  shown = view ? open(view, version, entered) : null;
  if (shown && focused) document.getElementById(focused)?.focus();
}

function open(view, version, entered) {
  const fields = new Map();
  const values = () => Object.fromEntries([...fields].map(([key, field]) => [key, field.read()]));
  const use = (kind, what) => act(view, `act/${kind}`, { ...what, values: values() });
  const drawInput = (block) => inputBlock(block, fields, entered, use);
  const surface = { use, drawn: { input: drawInput } };
  const { title, submit, close } = view.body;
  const trouble = h('p', { class: 'error', role: 'alert' }, view.trouble ?? '');
  const form = h(
    'form',
    { novalidate: true, onsubmit: (event) => send(event, view, values, fields, trouble) },
    h('div', { class: 'modal-head' }, h('h2', null, textOf(title)), cross(view)),
    h('div', { 'data-notices': view.id }),
    h('div', { class: 'modal-body' }, drawBlocks(view.body.blocks, surface), trouble),
    h(
      'div',
      { class: 'modal-foot' },
      h('button', { type: 'button', class: 'button', onclick: () => dismiss(view) }, close ? textOf(close) : 'Close'),
      submit && h('button', { type: 'submit', class: 'button primary' }, textOf(submit)),
    ),
  );
  const cancel = (event) => {
    event.preventDefault();
    dismiss(view);
  };
  const dialog = h('dialog', { class: 'modal', 'aria-label': title?.text, oncancel: cancel }, form);
  byId('modal-place').append(dialog);
  dialog.showModal();
  // A long form begins at its top: what is asked for is read before it is answered.
  dialog.querySelector('.field :is(input, select, textarea), .modal-foot .primary')?.focus({ preventScroll: true });
  return { view, version, dialog, values };
}

function cross(view) {
  return h('button', { type: 'button', class: 'cross', 'aria-label': 'Close', onclick: () => dismiss(view) }, '✕');
}

function inputBlock(block, fields, entered, use) {
  const { element } = block;
  const key = `${block.block_id}.${element.action_id}`;
  const field = input(element, { id: key, initial: entered[key] });
  const error = h('p', { class: 'error', role: 'alert' });
  if (field.node.classList.contains('ticks')) field.node.setAttribute('aria-label', block.label.text);
  fields.set(key, { ...field, block: block.block_id, error });
  if (block.dispatch_action) {
    field.node.addEventListener('change', () =>
      use('select', { actionId: element.action_id, blockId: block.block_id, option: field.read() }),
    );
  }
  return h(
    'div',
    { class: 'field' },
    h('label', { for: key }, textOf(block.label), block.optional && h('span', { class: 'optional' }, ' (optional)')),
    field.node,
    block.hint && h('p', { class: 'hint' }, textOf(block.hint)),
    error,
  );
}

async function send(event, view, values, fields, trouble) {
  event.preventDefault();
  for (const field of fields.values()) field.error.textContent = '';
  trouble.textContent = '';
  const button = event.target.querySelector('[type=submit]');
  await busy(button, async () => {
    try {
      const answer = await post('act/submit', { user: mine.user, viewId: view.id, values: values() });
      if (answer.state === 'failed') trouble.textContent = answer.shown;
      if (answer.state === 'errors') showErrors(answer.errors, fields);
    } catch (error) {
      trouble.textContent = error.message;
    }
  });
}

function showErrors(errors, fields) {
  let first = null;
  for (const field of fields.values()) {
    if (!errors[field.block]) continue;
    field.error.textContent = errors[field.block];
    first ??= field.node;
  }
  setTimeout(() => first?.focus());
}

async function act(view, path, body) {
  const at = { view: view.id };
  forget(at);
  try {
    const answer = await post(path, { user: mine.user, viewId: view.id, ...body });
    if (answer.shown) notice(answer.shown, at);
  } catch (error) {
    notice(error.message, at);
  }
}

function dismiss(view) {
  act(view, 'act/close', {});
}
