import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  dur?: number;
  args?: { name?: string };
}

/** What one interaction cost the page's main thread, in milliseconds, by Chromium's own trace. */
export interface Cost {
  longest: number;
  tasks: number;
  busy: number;
}

const categories = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];

export async function costOf(browser: Browser, page: Page, interact: () => Promise<void>): Promise<Cost> {
  await browser.startTracing(page, { categories });
  await interact();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = traceEvents.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain');
  const isMain = ({ pid, tid }: TraceEvent): boolean => mains.some((one) => one.pid === pid && one.tid === tid);
  const took = traceEvents
    .filter((event) => event.name === 'RunTask' && event.ph === 'X' && isMain(event))
    .map(({ dur = 0 }) => dur / 1000);
  if (took.length === 0) throw new Error('The trace holds no task of the page: expected RunTask on CrRendererMain.');
  return { longest: Math.max(...took), tasks: took.length, busy: took.reduce((sum, ms) => sum + ms, 0) };
}
