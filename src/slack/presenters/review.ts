import type { Home } from '../../domain/home.ts';
import type { MarkdownFile, ReviewView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, button, context, type Element, header, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { message, messages, type Words } from './message.ts';
import { personName } from './people.ts';
import { instant } from './times.ts';

const titles: Record<ReviewView['kind'], string> = {
  'post-mortem': '📄 Post-mortem',
  'break-glass': '🚨 Broken glass',
};

/** What a person is to read, with its button until somebody has. Its document is below it, in the thread. */
export function presentReview(view: ReviewView, file: MarkdownFile | null, home: Home): Words {
  const title = `${titles[view.kind]} of ${view.label}: ${view.reviewedBy === null ? 'to be reviewed' : 'reviewed'}`;
  const lines = [
    `*${said(view.label)}* · ${said(view.title)}`,
    said(view.subject),
    stateLine(view, home),
    ...(file === null ? [] : [`The draft ${code(file.name)} is in the thread below. Add what only people know.`]),
  ].filter((line) => line !== '');
  const blocks = [header(title), ...sections(lines), ...actions(`review:${view.id}`, doneButton(view))];
  return message([`*${said(title)}*`, ...lines].join('\n'), blocks, view.simulated);
}

/** The answer to `/dr report`: what is to be reviewed, and the post-mortem as it would be written now. */
export function presentReport(
  report: { file: MarkdownFile; reviews: readonly ReviewView[] },
  look: { home: Home; label: string; sent: boolean; simulated: boolean },
): Words {
  const title = `📄 Report of ${look.label}`;
  const states = report.reviews.map(
    (view) => `${titles[view.kind]}: ${said(view.subject)} · ${stateLine(view, look.home)}`,
  );
  const none = 'Nothing is to be reviewed yet: resolving the incident asks for it.';
  const where = look.sent
    ? `The whole of it, as it stands now, is in your direct messages: ${code(report.file.name)}.`
    : 'The file could not be sent to you.';
  const excerpt = beginningOf(readable(report.file.markdown), look.sent ? 1_500 : 6_000);
  const buttons = report.reviews
    .filter(({ reviewedBy }) => reviewedBy === null)
    .slice(0, 5)
    .flatMap((view) => actions(`review:${view.id}`, doneButton(view)));
  const lines = [...(states.length > 0 ? states : [none]), where];
  const blocks = [header(title), ...sections(lines), ...buttons, ...sections(['*How it begins*', ...excerpt])];
  return message([`*${said(title)}*`, ...lines].join('\n'), blocks, look.simulated);
}

/** A document's text as messages, for where it cannot be a file. */
export function presentDocument(file: MarkdownFile, simulated: boolean): [Words, ...Words[]] {
  const lines = readable(file.markdown).split('\n');
  return messages(`📄 ${code(file.name)}`, [context(`📄 ${code(file.name)}`), ...sections(lines)], simulated);
}

function stateLine(view: ReviewView, home: Home): string {
  const at = (when: Date): string => instant(when, view.timezone, view.now);
  if (view.reviewedBy !== null) {
    return `✅ Reviewed by *${personName(home, view.reviewedBy)}*${view.reviewedAt === null ? '' : ` at ${at(view.reviewedAt)}`}.`;
  }
  const due = view.dueAt < view.now ? '🔴 *overdue since*' : 'due by';
  return `⏳ Not reviewed yet, ${due} ${at(view.dueAt)}. A commander or an approver marks it.`;
}

function doneButton(view: ReviewView): Element[] {
  if (view.reviewedBy !== null) return [];
  const confirm = {
    title: 'Have you read it?',
    text: 'Your name is recorded, and nobody is reminded of it any more.',
    yes: 'I have read it',
  };
  return [button('Mark as reviewed', act.reviewed, encode({ reviewId: view.id }), { style: 'primary', confirm })];
}

/** Whole lines, as many as there is room for; the heading of what is left out is left out with it. */
function beginningOf(text: string, most: number): string[] {
  const lines = text.split('\n');
  const past = lines.findIndex((_, at) => lines.slice(0, at + 1).join('\n').length > most);
  const kept = past === -1 ? lines : lines.slice(0, past);
  const last = kept.findLastIndex((line) => line !== '' && !/^\*.*\*$/.test(line));
  return last === -1 ? [clip(text, most)] : kept.slice(0, last + 1);
}

/** Markdown's headings, emphasis and tables as Slack can show them. */
function readable(markdown: string): string {
  const lines = markdown.split(/\r?\n/).filter((line) => !/^\|[\s|:-]*\|$/.test(line));
  return lines
    .map(readableLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

function readableLine(line: string): string {
  const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
  if (heading !== undefined) return `*${said(unmarked(heading))}*`;
  if (!line.startsWith('|')) return said(unmarked(line));
  const cells = line.split(/(?<!\\)\|/).map((cell) => said(unmarked(cell)));
  return `• ${cells.filter((cell) => cell !== '').join(' · ')}`;
}

/** Words without Markdown's emphasis, and without the backslashes that keep people's own marks from being any. */
function unmarked(words: string): string {
  return words.replace(/\\([\\`*_[\]<>|~$&!#])|\*/g, (_mark, kept: string | undefined) => kept ?? '');
}
