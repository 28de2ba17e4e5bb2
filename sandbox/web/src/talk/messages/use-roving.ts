import { type FocusEvent, type KeyboardEvent, useState } from 'react';

interface Roving {
  /** For the button at a place: all of them are one stop of Tab. */
  tabIndexOf(place: number): 0 | -1;
  onFocus(event: FocusEvent<HTMLElement>): void;
  onKeyDown(event: KeyboardEvent<HTMLElement>): void;
}

/** A toolbar: Tab goes to the button that was used last, the arrow keys to the others; its buttons are its children. */
export function useRoving(count: number): Roving {
  const [chosen, setChosen] = useState(0);
  const here = Math.min(chosen, count - 1);
  return {
    tabIndexOf: (place) => (place === here ? 0 : -1),
    onFocus: ({ currentTarget, target }) => {
      const place = buttonsOf(currentTarget).indexOf(target);
      if (place >= 0) setChosen(place);
    },
    onKeyDown: (event) => {
      const buttons = buttonsOf(event.currentTarget);
      const at = buttons.indexOf(event.target as HTMLElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      buttons.at(to % buttons.length)?.focus();
    },
  };
}

/** Not those of a menu that one of them opens. */
function buttonsOf(toolbar: HTMLElement): HTMLElement[] {
  return [...toolbar.querySelectorAll<HTMLElement>(':scope > button')];
}
