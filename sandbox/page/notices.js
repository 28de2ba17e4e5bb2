import { byId, h, show } from './dom.js';
import { messagesOf, mine, refresh, state } from './store.js';

let notices = [];
let last = 0;

/**
 * A word to this person that is nobody's message, such as what Slack refused; it stays until it is dismissed.
 * `at` is where it belongs: `{ ts }` of a message, `{ view }` of a modal, nothing for the line to type in.
 */
export function notice(text, at = {}) {
  const one = { text, user: mine.user, channel: mine.channel, ts: null, view: null, ...at };
  const said = notices.some((other) => isAt(other, one) && other.user === one.user && other.text === text);
  if (!said) notices.push({ id: ++last, ...one });
  refresh();
}

/** What was said there is out of date: the person tries again. */
export function forget(at) {
  const asked = { user: mine.user, channel: mine.channel, ts: null, view: null, ...at };
  notices = notices.filter((one) => !(one.user === asked.user && isAt(one, asked)));
  refresh();
}

function isAt(one, at) {
  return at.view === null ? one.view === null && one.channel === at.channel && one.ts === at.ts : one.view === at.view;
}

/** Those that belong to a message of the channel that is looked at. */
export function noticesOf(ts) {
  return notices.filter((one) => one.user === mine.user && isAt(one, { view: null, channel: mine.channel, ts }));
}

export function noticeLine(one) {
  const dismiss = () => {
    notices = notices.filter((other) => other !== one);
    refresh();
  };
  return h(
    'div',
    { class: 'notice', role: 'alert', 'data-key': `notice-${one.id}` },
    h('p', null, one.text),
    h('button', { type: 'button', class: 'cross', 'aria-label': 'Dismiss', onclick: dismiss }, '✕'),
  );
}

/** Those of the line to type in, of messages that are gone, and of the modal that is open. */
export function drawNotices() {
  notices = notices.filter((one) => one.view === null || state.views?.some((view) => view.id === one.view));
  const there = new Set(messagesOf(mine.channel).map((message) => message.ts));
  const here = notices.filter(
    (one) => one.user === mine.user && one.view === null && one.channel === mine.channel && !there.has(one.ts),
  );
  draw(byId('notices'), here);
  for (const place of document.querySelectorAll('.modal [data-notices]')) {
    const inView = notices.filter((one) => one.user === mine.user && one.view === place.dataset.notices);
    draw(place, inView);
  }
}

function draw(place, list) {
  show(place, JSON.stringify(list), () => list.map(noticeLine));
}
