import { Refusal } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { incidentLabel } from '../domain/incident.ts';
import type { Tx } from '../domain/ports/store.ts';
import { writeActions } from './post-mortem/actions.ts';
import { writeExceptions } from './post-mortem/exceptions.ts';
import { writeLeftChanged } from './post-mortem/left-changed.ts';
import { section } from './post-mortem/markdown.ts';
import { writePeople } from './post-mortem/people.ts';
import { writePromises } from './post-mortem/promises.ts';
import { readRecord } from './post-mortem/record.ts';
import { writeHead, writeSummary } from './post-mortem/summary.ts';
import { writeDecisions, writeTimeline } from './post-mortem/timeline.ts';
import { writeRecovery, writeTimes } from './post-mortem/times.ts';

/** The draft of a post-mortem, as Markdown: what Muster has recorded, and room for what only people know. */
export async function writePostMortem(
  tx: Tx,
  incidentId: number,
  of: { home: Home; now: Date; simulated: boolean },
): Promise<string> {
  const record = await readRecord(tx, incidentId, of);
  if (!record)
    throw new Refusal(`There is no incident ${incidentLabel(incidentId)}. /dr list shows those that are open.`);
  const lines = [
    ...writeHead(record),
    ...writeSummary(record),
    ...writeTimes(record),
    ...writeRecovery(record),
    ...writePromises(record),
    ...writePeople(record),
    ...writeExceptions(record),
    ...writeDecisions(record),
    ...writeLeftChanged(record),
    ...section('What went well, and what did not', ['*…*']),
    ...section('Why it happened', ['*…*']),
    ...writeActions(record),
    ...writeTimeline(record),
    ...section('Evidence', [
      `Each decision and effect, with what was read: \`muster audit export\`, in the rows of incident ${incidentId}.`,
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
