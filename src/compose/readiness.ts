import { basename } from 'node:path';
import { readTrouble } from '../broadcast/delivery/backlog.ts';
import { stopwatch } from '../clock/stopwatch.ts';
import { type Fault, formatFault } from '../domain/errors.ts';
import type { Readiness } from '../http/routes.ts';
import type { Muster } from './open-muster.ts';

/** Who asks whether Muster is ready waits no longer than this, in milliseconds of real time. */
const answerMs = 3_000;

/** What Muster leans on and how each is, also while the database is silent. */
export async function readReadiness(
  muster: Muster,
  slack: { ok: boolean; why: string | null },
  templateFaults: readonly Fault[],
): Promise<Readiness> {
  const { store, durable } = muster;
  const [database, workers, trouble] = await Promise.all([
    inTime(store.tx((tx) => tx.query('select 1')).then(() => null, sentenceOf)),
    inTime(durable.status().then(({ held }) => (held ? null : 'this process may no longer send effects'), sentenceOf)),
    inTime(readTrouble(store).catch(sentenceOf)),
  ]);
  const waiting = new Map(typeof trouble === 'string' ? [] : trouble.map(({ name, why }) => [name, why]));
  const unread = typeof trouble === 'string' ? `which words wait is not known: ${trouble}` : null;
  return {
    parts: [
      part('database', true, database),
      part('workers', true, workers),
      part('slack', false, slack.ok ? (waiting.get('slack') ?? unread) : slack.why),
      ...(['statuspage', 'email', 'pager'] as const).map((far) => part(far, false, waiting.get(far) ?? unread)),
      part('templates', false, sayFaults(templateFaults)),
    ],
  };
}

/** The reading, or the sentence that it did not come in time: the engine itself asks a silent database without end. */
async function inTime<T>(reading: Promise<T>): Promise<T | string> {
  const answered = new AbortController();
  const late = stopwatch.sleep(answerMs, answered.signal).then(() => `no answer within ${answerMs / 1000} seconds`);
  try {
    return await Promise.race([reading, late]);
  } finally {
    answered.abort();
  }
}

function sayFaults([first, ...more]: readonly Fault[]): string | null {
  if (!first) return null;
  const others = more.length === 0 ? '' : ` (and ${more.length} more: \`muster check\`)`;
  return `a template is broken and the shipped one stands in: ${formatFault({ ...first, file: basename(first.file) })}${others}`;
}

function part(name: string, vital: boolean, why: string | null): Readiness['parts'][number] {
  return { name, vital, ok: why === null, ...(why === null ? {} : { why }) };
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
