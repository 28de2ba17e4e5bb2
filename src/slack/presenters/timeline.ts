import type { Home } from '../../domain/home.ts';
import type { TimelineEntry, TimelineKind } from '../../domain/timeline.ts';
import { context, header, sections } from './blocks.ts';
import { said } from './escape.ts';
import { clip } from './limit.ts';
import { message, type Words } from './message.ts';
import { personName, saidOf } from './people.ts';
import { promisedAt } from './times.ts';

const marks: Record<TimelineKind, string> = {
  command: '⌨️',
  decision: '🔐',
  step: '🔧',
  words: '📣',
  role: '👤',
  phase: '🚦',
  region: '🌍',
  escalation: '🔔',
  note: '📝',
  message: '📌',
};

/** Characters of one answer: what is older is counted, and is in the report. */
const room = 8_500;

/** The answer to `/dr timeline`: what happened last, in order. */
export function presentTimeline(
  entries: readonly TimelineEntry[],
  look: { home: Home; label: string; now: Date; simulated: boolean },
): Words {
  const title = `🕰️ Timeline of ${look.label}`;
  const lines = newest(entries.map((entry) => entryLine(entry, look)));
  const older = entries.length - lines.length;
  const note = [
    ...(older > 0 ? [`${older} earlier entries are not shown: \`/dr report\` has all.`] : []),
    'Add with `/dr timeline TEXT`, the message shortcut *Add to timeline*, or 📌 on a message.',
  ].join(' ');
  const shown = lines.length > 0 ? lines : ['Nothing has been entered yet.'];
  return message(
    [`*${said(title)}*`, ...shown].join('\n'),
    [header(title), ...sections(shown), context(note)],
    look.simulated,
  );
}

function entryLine(entry: TimelineEntry, { home, now }: { home: Home; now: Date }): string {
  const at = promisedAt(entry.at, home.timezone, now);
  const edited = entry.editedAt === null ? '' : ' _(edited)_';
  const words = entry.removedAt === null ? `${saidOf(home, entry.text)}${edited}` : '_(taken out by whoever wrote it)_';
  return clip(`${marks[entry.kind]} ${at} · ${personName(home, entry.who)}: ${words}`, 1_500);
}

function newest(lines: readonly string[]): string[] {
  let left = room;
  const from = lines.findLastIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return lines.slice(from + 1);
}
