/** Brings a row of a box that scrolls into its middle. Unlike `scrollIntoView` it moves nothing but that box. */
export function scrollToMiddle(box: HTMLElement, row: HTMLElement): void {
  const { top, height } = row.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  box.scrollTop += top - outer.top - Math.max(0, (outer.height - height) / 2);
}

/** Moves a box no further than it takes to have all of a row in sight. */
export function scrollToNearest(box: HTMLElement, row: HTMLElement): void {
  const inner = row.getBoundingClientRect();
  const outer = box.getBoundingClientRect();
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top;
  if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
}
