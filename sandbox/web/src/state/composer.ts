import { showPane } from '../frame/panes.ts';

type Line = HTMLTextAreaElement | HTMLInputElement;

/** The channel's line to type in, which marks itself by `data-composer`; null while nobody may write there. */
function line(): Line | null {
  return document.querySelector<Line>('main :is(textarea, input)[data-composer]:enabled');
}

export function focusComposer(): void {
  showPane('talk');
  requestAnimationFrame(() => line()?.focus());
}

/** Puts words into the line, as if they had been typed; who looks sends them, or not. */
export function fillComposer(text: string): void {
  showPane('talk');
  requestAnimationFrame(() => {
    const found = line();
    if (found === null) return;
    const prototype = found instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    // React hears of a value only when it is set as the browser sets it.
    Object.getOwnPropertyDescriptor(prototype.prototype, 'value')?.set?.call(found, text);
    found.dispatchEvent(new Event('input', { bubbles: true }));
    found.focus();
    found.setSelectionRange(text.length, text.length);
  });
}
