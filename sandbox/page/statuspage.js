import { h } from './dom.js';

const words = {
  operational: 'Operational',
  under_maintenance: 'Under maintenance',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};
const wordOf = (status) => words[status] ?? status;
const capital = (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** What the public reads. */
export function statusPanel(page) {
  return [
    h('h3', null, page.title),
    h(
      'ul',
      { class: 'components' },
      page.components.map((one) =>
        h('li', { class: one.status }, h('span', null, one.name), h('span', null, wordOf(one.status))),
      ),
    ),
    page.incidents.length === 0 && h('p', { class: 'muted' }, 'No incidents.'),
    page.incidents.map(incident),
    h('p', { class: 'muted small' }, told(page.notified)),
  ];
}

function incident(one) {
  const affected = one.components.map(({ name, status }) => `${name} (${wordOf(status).toLowerCase()})`).join(', ');
  return h(
    'article',
    { class: `public ${one.status === 'resolved' ? 'none' : one.impact}`, 'data-key': one.id },
    h('h4', null, one.name),
    h('p', null, h('span', { class: 'tag' }, capital(one.status)), affected && ` Affects ${affected}`),
    h('ol', { class: 'updates' }, one.incident_updates.map(update)),
  );
}

function update(one) {
  return h(
    'li',
    { 'data-key': one.id },
    h('strong', null, capital(one.status)),
    h('time', { class: 'muted', datetime: one.display_at }, postedAt(one.display_at)),
    h('p', { class: 'text' }, one.body),
  );
}

function postedAt(at) {
  return new Date(at).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });
}

function told(count) {
  if (count === 0) return 'Subscribers have been told nothing.';
  return count === 1 ? 'Subscribers have been notified once.' : `Subscribers have been notified ${count} times.`;
}
