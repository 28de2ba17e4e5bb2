import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { takeAnswer, useSaid } from '../state/said.ts';

/** Nearer to the end than this, in pixels, is at the end. */
const near = 24;

interface Follow {
  place: RefObject<HTMLDivElement | null>;
  /** There is more below than is in sight. */
  below: boolean;
  goToEnd(): void;
  /** Looks again whether the end is in sight. */
  look(): void;
}

/**
 * The conversation follows its end until the person scrolls up; what comes then is announced below. `own`: the last that
 * this person alone sees, which is brought into sight when it answers them.
 */
export function useFollow(last: string | undefined, own: string | undefined): Follow {
  const place = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const said = useSaid();
  const shown = useRef({ last, said, own });
  const [below, setBelow] = useState(false);

  const goToEnd = useCallback(() => {
    following.current = true;
    if (place.current) place.current.scrollTop = place.current.scrollHeight;
    setBelow(false);
  }, []);
  const look = useCallback(() => {
    const box = place.current;
    if (!box) return;
    following.current = box.scrollHeight - box.scrollTop - box.clientHeight < near;
    if (following.current) setBelow(false);
  }, []);

  // After every drawing: a message may have grown.
  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = { last, said, own };
    const answered = before.own !== own && takeAnswer();
    if (answered || before.said !== said || following.current) goToEnd();
    else if (before.last !== last) setBelow(true);
  });
  useEffect(() => {
    if (!place.current) return undefined;
    const box = place.current;
    const watch = new ResizeObserver(() => following.current && goToEnd());
    watch.observe(box);
    // A file that is opened at the end is read from its beginning.
    const lookAgain = () => requestAnimationFrame(look);
    box.addEventListener('click', lookAgain);
    return () => {
      watch.disconnect();
      box.removeEventListener('click', lookAgain);
    };
  }, [goToEnd, look]);
  return { place, below, goToEnd, look };
}
