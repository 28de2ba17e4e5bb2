import { byId, h, show } from './dom.js';
import { tone } from './messages.js';
import { keep, messagesOf, mine, refresh, state } from './store.js';

const singular = { responders: 'responder', commanders: 'commander', approvers: 'approver', publishers: 'publisher' };

export function drawSide() {
  const people = (state.people ?? []).filter((one) => !one.is_bot);
  const here = (list, id) => (list.some((one) => one.id === id) ? id : null);
  const first = people.find((one) => one.roles.includes('commanders')) ?? people[0];
  mine.user = here(people, mine.user) ?? first?.id ?? null;
  const seen = (state.channels ?? []).filter(visible);
  const channels = seen.filter((one) => !one.is_archived);
  mine.channel = here(seen, mine.channel) ?? channels[0]?.id ?? null;
  keep();
  const unread = channels.filter(isUnread).map((one) => one.id);
  const version = JSON.stringify([
    people,
    channels.map(({ id, name, members }) => [id, name, members]),
    unread,
    mine.user,
    mine.channel,
  ]);
  show(byId('side'), version, () => [
    h('h2', null, 'You are'),
    h('ul', { class: 'people' }, people.map(personRow)),
    h('h2', null, 'Channels'),
    h(
      'ul',
      { class: 'channels' },
      channels.map((channel) => channelRow(channel, unread.includes(channel.id))),
    ),
  ]);
}

/** Direct conversations are their two people's. */
function visible(channel) {
  return channel.kind === 'public' || channel.members.includes(mine.user);
}

function isUnread(channel) {
  if (!channel.members.includes(mine.user) || channel.id === mine.channel) return false;
  const heard = messagesOf(channel.id).filter((one) => one.only === null || one.only === mine.user);
  const last = heard.at(-1)?.ts;
  return last !== undefined && last !== mine.seen[channel.id];
}

function personRow(one) {
  const roles = one.roles.map((role) => singular[role]).join(', ') || 'no role';
  const choose = () => {
    mine.user = one.id;
    refresh();
  };
  return h(
    'li',
    null,
    h(
      'button',
      { type: 'button', 'data-key': one.id, 'aria-pressed': String(one.id === mine.user), onclick: choose },
      h('span', { class: `avatar small tone-${tone(one.id)}`, 'aria-hidden': 'true' }, one.real_name.charAt(0)),
      h('span', null, one.real_name, h('small', null, roles)),
    ),
  );
}

function channelRow(channel, unread) {
  const choose = () => {
    mine.channel = channel.id;
    refresh();
  };
  const name = channel.kind === 'direct' ? 'Muster (direct)' : `# ${channel.name}`;
  const member = channel.members.includes(mine.user);
  const properties = {
    type: 'button',
    'data-key': channel.id,
    class: [unread && 'unread', !member && 'outside'].filter(Boolean).join(' '),
    'aria-current': channel.id === mine.channel ? 'true' : undefined,
    onclick: choose,
  };
  return h('li', null, h('button', properties, name, unread && h('span', { class: 'dot', 'aria-label': 'unread' })));
}
