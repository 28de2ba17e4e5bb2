import { h } from './dom.js';
import { clockTime } from './messages.js';

const words = {
  operational: 'Operational',
  under_maintenance: 'Under maintenance',
  degraded_performance: 'Degraded performance',
  partial_outage: 'Partial outage',
  major_outage: 'Major outage',
};

/** What customers see. */
export function statusPanel(page) {
  return [
    h('h3', null, page.title),
    h(
      'ul',
      { class: 'components' },
      page.components.map((one) =>
        h('li', { class: one.status }, h('span', null, one.name), h('span', null, words[one.status] ?? one.status)),
      ),
    ),
    page.incidents.length === 0 && h('p', { class: 'muted' }, 'No incidents.'),
    page.incidents.map(incident),
    h('p', { class: 'muted small' }, `${page.notified} notifications sent to subscribers`),
  ];
}

function incident(one) {
  return h(
    'article',
    { class: `public ${one.impact}` },
    h('h4', null, one.name),
    one.incident_updates.map((update) =>
      h(
        'p',
        { class: 'text' },
        h('strong', null, `${update.status.charAt(0).toUpperCase()}${update.status.slice(1)}`),
        ` · ${update.body} `,
        h('time', { class: 'muted' }, clockTime(Date.parse(update.display_at))),
      ),
    ),
  );
}
