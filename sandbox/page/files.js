import { h } from './dom.js';
import { state } from './store.js';

/** Files of a message: to be read here, or to be downloaded as they are. */
export function filesOf(message) {
  return (message.files ?? []).map((file) =>
    h(
      'details',
      { class: 'file', ontoggle: (event) => fill(event.currentTarget, file) },
      h(
        'summary',
        null,
        h('span', { 'aria-hidden': 'true' }, '📄'),
        h('strong', null, file.name),
        h('small', { class: 'muted' }, size(file.size)),
        h('button', { type: 'button', class: 'button', onclick: (event) => download(event, file) }, 'Download'),
      ),
      h('pre', { class: 'file-text', 'data-own': true }),
    ),
  );
}

function contentOf(file) {
  return state[`file:${file.id}`]?.content ?? '';
}

function fill(details, file) {
  if (details.open) details.querySelector('.file-text').textContent = contentOf(file);
}

function download(event, file) {
  event.preventDefault();
  const url = URL.createObjectURL(new Blob([contentOf(file)], { type: 'text/markdown' }));
  h('a', { href: url, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024)} KB`;
}
