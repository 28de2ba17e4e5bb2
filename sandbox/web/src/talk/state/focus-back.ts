import { focusComposer } from '../../state/composer.ts';

/**
 * What had the focus left the page: it goes back to what had it before, else to the line to type in. On a touch screen
 * the line would only raise the keyboard.
 */
export function focusBack(before: Element | null = null): void {
  requestAnimationFrame(() => {
    if (!isLost()) return;
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    if (isLost() && window.matchMedia('(hover: hover)').matches) focusComposer();
  });
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}
