import { h } from './dom.js';
import { textOf } from './mrkdwn.js';

/** Slack's confirmation dialog; resolves with what the person decided. */
export function ask(confirm) {
  return new Promise((resolve) => {
    const done = (decided) => {
      dialog.close();
      dialog.remove();
      resolve(decided);
    };
    const dialog = h(
      'dialog',
      { class: 'modal small', 'aria-label': confirm.title.text, oncancel: () => done(false) },
      h('h2', null, textOf(confirm.title)),
      h('p', { class: 'text' }, textOf(confirm.text)),
      h(
        'div',
        { class: 'modal-foot' },
        h('button', { type: 'button', class: 'button', onclick: () => done(false) }, textOf(confirm.deny)),
        h(
          'button',
          { type: 'button', class: `button ${confirm.style ?? 'primary'}`, onclick: () => done(true) },
          textOf(confirm.confirm),
        ),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
