/** When a message was said, by its `ts`: the simulated time in this browser's time zone. */
function saidAt(ts: string): Date {
  return new Date(Number(ts) * 1000);
}

// Made once: to make one costs more than to use it a hundred times.
const short = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** `14:05` */
export const shortTime = (ts: string): string => short.format(saidAt(ts));

/** `21 November 2026 at 14:05:09` */
export const longTime = (ts: string): string => long.format(saidAt(ts));

/** `Saturday 21 November` */
export const dayOf = (ts: string): string => day.format(saidAt(ts));

/** Whether one was said on another day than the other. */
export function isOtherDay(one: string, other: string): boolean {
  return saidAt(one).toDateString() !== saidAt(other).toDateString();
}
