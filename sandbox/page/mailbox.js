import { h } from './dom.js';
import { clockTime } from './messages.js';

/** Mail that arrived, as plain text: whom it reached, what it said. */
export function mailPanel({ count, mails }) {
  if (count === 0) return h('p', { class: 'muted' }, 'No mail has arrived.');
  return [
    h(
      'p',
      { class: 'muted small' },
      count === 1 ? 'One mail, to nobody real' : `${count} mails, to nobody real; newest first`,
    ),
    mails.map((mail) =>
      h(
        'details',
        { class: 'mail', 'data-key': `${mail.messageId}/${mail.at}` },
        h(
          'summary',
          null,
          h('strong', null, mail.subject),
          h('small', null, `to ${[mail.to].flat().join(', ')} · ${at(mail)}`),
        ),
        h('pre', null, mail.text),
      ),
    ),
  ];
}

/** Pages that would have woken somebody. */
export function pagerPanel({ count, pages }) {
  if (count === 0) return h('p', { class: 'muted' }, 'Nobody was paged.');
  return pages.map((page) =>
    h(
      'details',
      { class: 'mail', 'data-key': page.idempotencyKey },
      h(
        'summary',
        null,
        h('strong', null, summaryOf(page.body)),
        h('small', null, `${at(page)}${page.repeats > 0 ? `, sent again ${page.repeats}×` : ''}`),
      ),
      h('pre', null, JSON.stringify(page.body, null, 2)),
    ),
  );
}

/** Pagers name things differently, and some wrap them. */
function summaryOf(page) {
  const body = { ...page.payload, ...page };
  const words = [body.action ?? body.event_action, body.label, body.summary ?? body.title].filter(
    (word) => typeof word === 'string',
  );
  return words.join(' · ') || 'A page';
}

function at(one) {
  return clockTime(Date.parse(one.at));
}
