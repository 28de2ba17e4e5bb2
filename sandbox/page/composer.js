import { byId, h } from './dom.js';
import { goToEnd } from './follow.js';
import { forget, notice } from './notices.js';
import { channelById, mine, post, state } from './store.js';

const typed = [];
let at = 0;
/** What is typed before the first state has come waits for it: who says it, and where, is not known earlier. */
let begin;
const begun = new Promise((resolve) => {
  begin = resolve;
});

/** The line to type in: slash commands go to the app, everything else is said aloud. */
export function setUpComposer() {
  const line = h('input', {
    id: 'line',
    type: 'text',
    'aria-label': 'Message or /dr command',
    autofocus: true,
    placeholder: 'Message, or /dr help',
    onkeydown: recall,
  });
  const form = byId('composer');
  form.append(line, h('button', { type: 'submit', class: 'button primary' }, 'Send'));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = line.value.trim();
    if (text === '') return;
    line.value = '';
    typed.push(text);
    at = typed.length;
    goToEnd();
    forget({});
    send(text).catch((error) => {
      notice(error.message);
      line.value ||= text;
    });
  });
}

function recall(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step) return;
  at = Math.max(0, Math.min(typed.length, at + step));
  event.currentTarget.value = typed[at] ?? '';
  event.preventDefault();
}

async function send(text) {
  await begun;
  const where = { user: mine.user, channel: mine.channel };
  const command = state.system?.command ?? '/dr';
  if (text === command || text.startsWith(`${command} `)) {
    await post('act/slash', { ...where, text: text.slice(command.length).trim() });
    return;
  }
  if (text.startsWith('/')) throw new Error(`${text.split(' ')[0]} is no command here: try ${command} help.`);
  await post('act/message', { ...where, text });
}

export function drawComposer() {
  if (mine.channel) begin();
  const channel = channelById(mine.channel);
  const open = channel && !channel.is_archived && channel.members.includes(mine.user);
  for (const control of byId('composer').querySelectorAll('input, button')) control.disabled = !open;
}
