import { writeActions } from './post-mortem/actions.ts';
import { writeExceptions } from './post-mortem/exceptions.ts';
import { writeLeftChanged } from './post-mortem/left-changed.ts';
import { section } from './post-mortem/markdown.ts';
import { writePeople } from './post-mortem/people.ts';
import { writePromises } from './post-mortem/promises.ts';
import type { IncidentRecord } from './post-mortem/record.ts';
import { writeHead, writeSummary } from './post-mortem/summary.ts';
import { writeDecisions, writeTimeline } from './post-mortem/timeline.ts';
import { writeRecovery, writeTimes } from './post-mortem/times.ts';

/** The draft of a post-mortem, as Markdown: what Muster has recorded, and room for what only people know. */
export function writePostMortem(record: IncidentRecord): string {
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
      `Each decision and effect, with what was read: \`muster audit export\`, in the rows of incident ${record.incident.id}.`,
    ]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}
