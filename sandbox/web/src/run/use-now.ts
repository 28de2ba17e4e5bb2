import { useState } from 'react';
import { useSlice } from '../state/stream.ts';

/** Real milliseconds for which the chart keeps still: it moves four times a second at most. */
const stillMs = 250;

/** The simulated time, in milliseconds since 1970, in steps; null until the sandbox has said it. */
export function useNow(): number | null {
  const clock = useSlice('clock');
  const said = clock === undefined ? null : Date.parse(clock.now);
  const [now, setNow] = useState(said);
  const apart = now === null || said === null ? Number.POSITIVE_INFINITY : Math.abs(said - now);
  if (now === said || apart < stillMs * (clock?.scale ?? 1)) return now;
  setNow(said);
  return said;
}
