const margin = 8;
/** Less room than this below, and it opens upwards. */
const least = 200;

/** Puts what is about to pop up beside its button, within the window. */
export function placeBy(button: HTMLElement | null, popup: HTMLElement | null, width = 240): void {
  if (button === null || popup === null) return;
  const { left, bottom, top } = button.getBoundingClientRect();
  const upwards = bottom + least > window.innerHeight - margin;
  popup.style.left = `${Math.max(margin, Math.min(left, window.innerWidth - width - margin))}px`;
  popup.style.top = upwards ? 'auto' : `${bottom + 4}px`;
  popup.style.bottom = upwards ? `${window.innerHeight - top + 4}px` : 'auto';
}
