import type { Pane } from './pane.ts';
import { openPanel } from './panels.ts';
import { showPane } from './panes.ts';

/**
 * Shows a part of the page, and a panel at the right from its beginning. The focus stays where it is; nobody's part goes
 * away while they write in it.
 */
export function bringIntoView(pane: Pane, panel?: string): void {
  // Whoever chose a channel at the same time has had their part shown by then.
  requestAnimationFrame(() => {
    if (!isWriting(document.activeElement)) showPane(pane);
    if (panel === undefined) return;
    openPanel(panel, true);
    requestAnimationFrame(() => scrollToPanel(panel));
  });
}

/** Moves nothing but the column that the panel is in; at once, so that what grows above it meanwhile does not lead astray. */
function scrollToPanel(id: string): void {
  const panel = document.querySelector(`[data-panel="${id}"]`);
  const column = panel?.closest('aside');
  if (!panel || !column) return;
  column.scrollTop += panel.getBoundingClientRect().top - column.getBoundingClientRect().top;
}

function isWriting(active: Element | null): boolean {
  return (active instanceof HTMLTextAreaElement || active instanceof HTMLInputElement) && active.value !== '';
}
