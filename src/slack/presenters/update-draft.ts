import type { DraftView } from '../../broadcast/broadcast.ts';
import { type Audience, isInTime, outside, sayAudience } from '../../domain/audience.ts';
import type { Home } from '../../domain/home.ts';
import { act, encode } from '../values.ts';
import { isInSlack, previewHead, ruleWords } from './audiences.ts';
import { actions, type Block, button, context, divider, type Element, header, section, wholeText } from './blocks.ts';
import { defused, said, saidLines } from './escape.ts';
import { clip } from './limit.ts';
import { message, type Words } from './message.ts';
import { joined, personName, ping } from './people.ts';
import { dueAt, promisedAt } from './times.ts';

type DraftPreview = DraftView['previews'][number];
type Ended = Exclude<DraftView['state'], 'waiting'>;

/** Characters of the drafts of all audiences together: the message stays one, for it is kept current. */
const room = 7_500;

/** What would be said next and to whom, as long as it may still be edited, sent or held back; then what became of it. */
export function presentUpdateDraft(view: DraftView, home: Home): Words {
  if (view.state !== 'waiting') return presentEnded(view, home);
  const title = `📝 Next words · ${view.label}`;
  const due = [ping(home, view.commander), dueLine(view)].filter((part) => part !== null).join(' ');
  const each = view.previews.map((preview) => draftWords(preview, view));
  const blocks: Block[] = [
    header(title),
    section(due),
    ...each.flatMap(({ head, words, cut }) => [divider, section(head), ...wholeText(words), ...cut.map(context)]),
    ...actions(`draft:${view.round}`, buttonsOf(view)),
    context('Edit… opens them with what has changed. A publisher tells customers and the public.'),
  ];
  const text = [`*${said(title)}*`, due, ...each.flatMap(({ head, words, cut }) => [head, words, ...cut])].join('\n');
  return message(text, blocks, view.simulated);
}

/** Overdue only to those to whom it is. */
function dueLine(view: DraftView): string {
  const each = view.previews.map(({ audience, dueAt: due }) => ({ audience, due: due ?? view.dueAt }));
  const late = each.filter(({ due }) => !isInTime(view.now, due));
  const soon = each.filter((one) => !late.includes(one));
  const lines = [late, soon].filter((group) => group.length > 0).map((group) => dueTo(group, view));
  return `${lines.join('; ') || dueTo([], view)}. Send them as they stand, or say it better.`;
}

function dueTo(group: readonly { audience: Audience; due: Date }[], view: DraftView): string {
  const first = group.length === 0 ? view.dueAt : new Date(Math.min(...group.map(({ due }) => due.getTime())));
  const { late, words } = dueAt(first, view.timezone, view.now, 'Due');
  return `${late ? `🔴 *Words are ${words}*` : `*${words}*`} to ${named(group.map(({ audience }) => audience)) || 'nobody'}`;
}

function named(audiences: readonly Audience[]): string {
  return joined([...new Set(audiences)].map(sayAudience));
}

function draftWords(preview: DraftPreview, view: DraftView): { head: string; words: string; cut: string[] } {
  const due = preview.dueAt === null ? '' : ` · ${dueAt(preview.dueAt, view.timezone, view.now).words}`;
  const words = isInSlack(preview) ? defused(preview.text) : saidLines(preview.text);
  const share = Math.floor(room / Math.max(1, view.previews.length));
  return {
    head: `${previewHead(preview)}${due}, ${ruleWords[preview.rule]}`,
    words: clip(words, share) || '(no words)',
    cut: words.length > share ? ['✂️ *Edit…* shows the whole of it.'] : [],
  };
}

function buttonsOf(view: DraftView): Element[] {
  const value = encode({ incidentId: view.incidentId, round: view.round });
  const toOutside = view.previews.some(({ audience }) => outside.includes(audience));
  const text = toOutside
    ? 'It goes at once to those whom you may tell; customers and the public are a publisher’s to tell.'
    : 'It goes at once, as it is written here.';
  return [
    button('Edit…', act.editDraft, value, { style: 'primary' }),
    button('Send', act.sendDraft, value, { confirm: { title: 'Send it as it stands?', text, yes: 'Send' } }),
    ...(view.canSnooze ? [button('Snooze 10 min', act.snooze, value)] : []),
  ];
}

function presentEnded(view: DraftView, home: Home): Words {
  const by = view.endedBy === null || view.endedBy === 'muster' ? null : personName(home, view.endedBy);
  const words: Record<Ended, string> = {
    sent: by === null ? '✅ *Sent* by itself, as it was due.' : `✅ *Sent* by ${by}.`,
    snoozed: `😴 *Held back once*${by === null ? '' : ` by ${by}`}: a new draft comes before the words are due again.`,
    superseded: restOf(view, '🗂️ *Replaced* by a newer draft', 'is in the newer draft'),
    lapsed: restOf(view, '🗂️ *Out of date*', 'is out of date'),
    closed: restOf(view, '🗂️ *The incident was closed*', 'was not: the incident was closed'),
  };
  const text = view.state === 'waiting' ? '' : words[view.state];
  const line = `📝 Draft of ${said(view.label)}, due ${promisedAt(view.dueAt, view.timezone, view.now)} · ${text}`;
  return message(line, [section(line)], view.simulated);
}

/** Words to those that it was for may have gone out one by one before it ended. */
function restOf({ told }: DraftView, none: string, rest: string): string {
  return told.length === 0
    ? `${none}: nothing of this draft was sent.`
    : `☑️ *Sent to ${named(told)}*; the rest ${rest}.`;
}
