import { drawBlocks } from './blocks.js';
import { byId, h, show } from './dom.js';
import { emoji } from './emoji.js';
import { filesOf } from './files.js';
import { follow } from './follow.js';
import { messageTools, reactions } from './message-tools.js';
import { mrkdwn } from './mrkdwn.js';
import { forget, notice, noticeLine, noticesOf } from './notices.js';
import { channelById, messagesOf, mine, person, post, refresh } from './store.js';

const shown = new Map();
let shownFor = null;

/** The conversation: a message is drawn again only when it changed, so that what people are doing stays. */
export function drawMessages() {
  const place = byId('messages');
  const channel = channelById(mine.channel);
  drawHead(channel);
  const asked = `${mine.user}/${mine.channel}`;
  const moved = shownFor !== asked;
  if (moved) {
    place.replaceChildren();
    shown.clear();
    shownFor = asked;
  }
  const member = channel?.members.includes(mine.user);
  const visible = member ? messagesOf(mine.channel).filter((one) => one.only === null || one.only === mine.user) : [];
  const pins = new Set(channel?.pins ?? []);
  let changed = false;
  let added = false;
  for (const [ts, row] of shown) {
    if (visible.some((one) => one.ts === ts)) continue;
    row.remove();
    shown.delete(ts);
    changed = true;
  }
  for (const message of visible) {
    const row = shown.get(message.ts) ?? h('article', { class: 'message' });
    const version = JSON.stringify([message, pins.has(message.ts), noticesOf(message.ts)]);
    changed = show(row, version, () => drawMessage(message, pins.has(message.ts), row)) || changed;
    if (shown.has(message.ts)) continue;
    shown.set(message.ts, row);
    place.append(row);
    added = true;
  }
  drawEmpty(place, channel, member, visible.length);
  follow({ moved, changed, added });
  if (member) mine.seen[mine.channel] = visible.at(-1)?.ts;
}

function drawHead(channel) {
  const pinned = channel ? channel.pins.length : 0;
  show(
    byId('channel-head'),
    JSON.stringify([channel?.id, channel?.topic, pinned, channel?.members, channel?.is_archived]),
    () => {
      if (!channel) return [];
      const facts = [
        `${channel.members.length} members`,
        pinned > 0 && `${pinned} pinned`,
        channel.is_archived && 'archived',
      ];
      const name = channel.kind === 'direct' ? 'Muster' : `# ${channel.name}`;
      return [
        h('h2', null, name),
        h('p', { class: 'muted' }, mrkdwn(channel.topic), channel.topic && ' · ', facts.filter(Boolean).join(' · ')),
      ];
    },
  );
}

function drawEmpty(place, channel, member, count) {
  place.querySelector('.empty')?.remove();
  if (!channel || count > 0) return;
  const join = async () => {
    await post('act/join', { user: mine.user, channel: channel.id }).catch((error) => notice(error.message));
    refresh();
  };
  place.append(
    member
      ? h(
          'p',
          { class: 'empty' },
          'Nothing here yet. Type ',
          h('code', null, '/dr help'),
          ' below, or ',
          h('code', null, '/dr declare'),
          ' to begin.',
        )
      : h(
          'p',
          { class: 'empty' },
          'You are not in this channel. ',
          h('button', { type: 'button', class: 'button', onclick: join }, 'Join it'),
        ),
  );
}

function drawMessage(message, pinned, row) {
  const author = message.user === 'USLACKBOT' ? { name: 'Slack', real_name: 'Slack' } : person(message.user);
  const name = author?.real_name ?? message.user;
  row.className = `message${message.only ? ' only' : ''}${message.thread_ts && message.thread_ts !== message.ts ? ' reply' : ''}`;
  const use = (kind, what) => act(kind, { channel: mine.channel, ts: message.ts, ...what });
  return [
    h(
      'div',
      { class: `avatar tone-${tone(message.user)}`, 'aria-hidden': 'true' },
      message.bot_id ? 'M' : name.charAt(0),
    ),
    h(
      'div',
      { class: 'message-body' },
      message.only && h('p', { class: 'muted small' }, '👁 Only visible to you'),
      pinned && h('p', { class: 'muted small' }, '📌 Pinned'),
      h(
        'p',
        { class: 'who' },
        h('strong', null, name),
        message.bot_id && h('span', { class: 'tag' }, 'APP'),
        h('time', { class: 'muted' }, clockTime(Number(message.ts) * 1000)),
        message.edited && h('span', { class: 'muted' }, '(edited)'),
      ),
      message.blocks.length > 0
        ? drawBlocks(message.blocks, { use })
        : message.text !== '' && h('div', { class: 'text' }, mrkdwn(message.text)),
      filesOf(message),
      reactions(message, emoji),
      noticesOf(message.ts).map(noticeLine),
    ),
    messageTools(message),
  ];
}

export function clockTime(ms) {
  return new Date(ms).toLocaleTimeString('en-GB', { timeStyle: 'medium' });
}

export function tone(id) {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;
}

async function act(kind, body) {
  const at = { ts: body.ts };
  forget(at);
  try {
    const answer = await post(`act/${kind}`, { user: mine.user, ...body });
    if (answer.shown) notice(answer.shown, at);
  } catch (error) {
    notice(error.message, at);
  }
}
