import { busy } from './controls.js';
import { h } from './dom.js';
import { forget, notice } from './notices.js';
import { channelById, mine, post, state } from './store.js';

/** What a person may do to one message: pin it, use a shortcut of the app, mend or delete their own. */
export function messageTools(message) {
  if (message.only !== null || message.user === 'USLACKBOT') return null;
  const own = message.user === mine.user && !message.bot_id;
  return h(
    'div',
    { class: 'tools' },
    pinButton(message),
    own && tool('✏️', 'Edit', () => edit(message)),
    own && tool('🗑️', 'Delete', () => send('remove', message)),
    shortcutMenu(message),
  );
}

/** Emoji that people put on a message, by name. */
export function reactions(message, emoji) {
  if (message.reactions.length === 0) return null;
  return h(
    'p',
    { class: 'reactions' },
    message.reactions.map((one) =>
      h('span', { title: one.name }, `${emoji(one.name) ?? `:${one.name}:`} ${one.users.length}`),
    ),
  );
}

function pinButton(message) {
  const mineIsThere = message.reactions.some((one) => one.name === 'pushpin' && one.users.includes(mine.user));
  const label = mineIsThere ? 'Take 📌 off' : 'Put 📌 on it';
  return tool('📌', label, () => send(mineIsThere ? 'unreact' : 'react', message, { name: 'pushpin' }), mineIsThere);
}

function shortcutMenu(message) {
  const shortcuts = state.shortcuts ?? [];
  if (shortcuts.length === 0) return null;
  const pick = async (event) => {
    const { value } = event.currentTarget;
    event.currentTarget.value = '';
    if (value !== '') await send('shortcut', message, { callbackId: value });
  };
  return h(
    'select',
    { class: 'overflow', 'aria-label': 'Shortcuts', 'data-key': `shortcuts/${message.ts}`, onchange: pick },
    h('option', { value: '' }, '⋯'),
    shortcuts.map((one) => h('option', { value: one.callbackId }, one.name)),
  );
}

function tool(sign, label, work, pressed) {
  const properties = {
    type: 'button',
    class: 'tool',
    title: label,
    'aria-label': label,
    'aria-pressed': pressed === undefined ? undefined : String(pressed),
    onclick: (event) => busy(event.currentTarget, work),
  };
  return h('button', properties, sign);
}

async function send(kind, message, more = {}) {
  const at = { ts: message.ts };
  forget(at);
  try {
    const answer = await post(`act/${kind}`, { user: mine.user, channel: mine.channel, ts: message.ts, ...more });
    if (answer.shown) notice(answer.shown, at);
  } catch (error) {
    notice(error.message, at);
  }
}

/** A message's text, in a dialog of its own: what is typed there is no app's business before it is saved. */
function edit(message) {
  const text = h('textarea', { rows: 4, 'aria-label': 'Message', value: unescaped(message.text) });
  const close = () => {
    dialog.close();
    dialog.remove();
  };
  const save = async (event) => {
    event.preventDefault();
    const words = text.value.trim();
    close();
    if (words !== '') await send('edit', message, { text: words });
  };
  const form = h(
    'form',
    { onsubmit: save },
    h('h2', null, `Edit your message in #${channelById(mine.channel)?.name ?? ''}`),
    text,
    h(
      'div',
      { class: 'modal-foot' },
      h('button', { type: 'button', class: 'button', onclick: close }, 'Cancel'),
      h('button', { type: 'submit', class: 'button primary' }, 'Save'),
    ),
  );
  const dialog = h('dialog', { class: 'modal small', 'aria-label': 'Edit message', oncancel: close }, form);
  document.body.append(dialog);
  dialog.showModal();
  text.focus();
}

function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
