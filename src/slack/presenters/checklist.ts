import { type ItemState, isOverdue } from '../../domain/checklist.ts';
import type { Home } from '../../domain/home.ts';
import type { ChecklistView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, context, sections } from './blocks.ts';
import { code, said, saidLines } from './escape.ts';
import { message, type Words } from './message.ts';
import { personName, ping } from './people.ts';
import { promisedAt } from './times.ts';

/** One message kept current: each item, whose it is, who answered it when, and what is overdue. */
export function presentChecklist(view: ChecklistView, mention: readonly string[], home: Home): Words {
  const pings = mention.flatMap((who) => ping(home, who) ?? []);
  const called = pings.length > 0 && view.over === null ? [pings.join(' ')] : [];
  const top = `☑️ *Checklist:* ${code(view.step)} ${said(view.title)} · ${tallyOf(view)}`;
  const words = view.instructions === '' ? [] : [saidLines(view.instructions)];
  const lines = [...called, top, ...words, ...view.items.map((item) => itemLine(view, item, home))];
  return message(lines.join('\n'), [...sections(lines), ...endOf(view)], view.simulated);
}

/** What an item says of itself, without its text: whose it is, when it is due, who answered it. */
export function itemStanding({ now, timezone }: ChecklistView, item: ItemState, home: Home): string {
  const by = item.answeredBy === null ? '' : personName(home, item.answeredBy);
  const at = item.answeredAt === null ? '' : promisedAt(item.answeredAt, timezone, now);
  if (item.answer === 'done') return `${by} · ${at}${item.reason === null ? '' : ` · ${said(item.reason)}`}`;
  if (item.answer === 'declined') return `declined by ${by} · ${at} · ${said(item.reason ?? '')}`;
  const due = item.dueAt === null ? '' : promisedAt(item.dueAt, timezone, now);
  const when = due === '' ? '' : isOverdue(item, now) ? `*overdue since ${due}*` : `due ${due}`;
  return [said(item.owner ?? ''), when].filter(Boolean).join(' · ');
}

export function itemLine(view: ChecklistView, item: ItemState, home: Home): string {
  const standing = itemStanding(view, item, home);
  return `${markOf(view, item)} ${code(item.id)} ${said(item.text)}${standing === '' ? '' : ` · ${standing}`}`;
}

function markOf({ now }: ChecklistView, item: ItemState): string {
  if (item.answer === 'done') return '✅';
  if (item.answer === 'declined') return '🚫';
  return isOverdue(item, now) ? '⏰' : '⬜';
}

function tallyOf({ items, now }: ChecklistView): string {
  const answered = items.filter(({ answer }) => answer !== null).length;
  const declined = items.filter(({ answer }) => answer === 'declined').length;
  const late = items.filter((item) => isOverdue(item, now)).length;
  return [
    `${answered} of ${items.length} answered`,
    ...(declined > 0 ? [`${declined} declined`] : []),
    ...(late > 0 ? [`*${late} overdue*`] : []),
  ].join(' · ');
}

function endOf(view: ChecklistView): Block[] {
  if (view.over !== null) return [context(`Nothing can be answered any more: the step is ${said(view.over)}`)];
  const value = encode({ incidentId: view.incidentId, runId: view.runId, step: view.step });
  return [
    ...actions(`checklist:${view.step}`, [button('Checklist…', act.checklist, value, { style: 'primary' })]),
    context(`Or say ${code(`/dr answer ${view.step} ITEM=done`)}; what cannot be done is declined with a reason.`),
  ];
}
