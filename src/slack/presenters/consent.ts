import { sayAsked } from '../../domain/asked.ts';
import type { Home } from '../../domain/home.ts';
import { type Amendment, planLabel } from '../../domain/plan.ts';
import type { ConsentView } from '../../domain/views.ts';
import { act, encode } from '../values.ts';
import { actions, type Block, button, context, type Element, header, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { message, type Words } from './message.ts';
import { personName } from './people.ts';
import { acceptedLines, changeSummary, dangerLines, fewLines, timeLines, verdictLine } from './plan-summary.ts';
import { changeLines } from './plan-values.ts';
import { instant } from './times.ts';

/** The question to approvers; when it is over, what became of it, without buttons. */
export function presentConsent(view: ConsentView, home: Home): Words {
  const { plan } = view;
  const pending = view.state === 'pending';
  const name = (person: string): string => personName(home, person);
  const title = `${pending ? '🔐 Approval needed' : '🔐 Approval'}: ${plan.title}`;
  const top = [...outcomeLines(view, name), askLine(view, name), ...approvalLines(view, name), ...amendmentLines(view)];
  const detail = pending ? decisionLines(view, name) : [];
  const blocks: Block[] = [
    header(title),
    ...sections(top),
    ...sections(detail),
    ...(pending ? [context(compareLine(view))] : []),
    ...actions(`consent:${view.id}`, buttonsOf(view)),
    ...(pending ? [context(glassWords)] : []),
  ];
  const text = [`*${said(title)}*`, ...top, ...detail, ...(pending ? [compareLine(view)] : [])].join('\n');
  return message(text, blocks, view.simulated, 'the plan in the channel has all');
}

function outcomeLines(view: ConsentView, name: (person: string) => string): string[] {
  const glass = view.brokenGlass;
  if (glass) {
    return [
      `🚨 *Glass broken* by ${name(glass.by)}: “${said(glass.reason)}”. It went ahead without the other approvals and is reviewed within 24 hours.`,
    ];
  }
  const words: Record<ConsentView['state'], string[]> = {
    pending: [],
    granted: ['✅ *Approved.*'],
    expired: ['⌛ *Expired:* nothing was done. Ask again with a new plan.'],
    superseded: ['🗂️ *Replaced* by a newer request: nothing was done for this one.'],
    refused: ['⛔ *Refused:* nothing was done.'],
  };
  return words[view.state];
}

function askLine(view: ConsentView, name: (person: string) => string): string {
  const { plan } = view;
  const what = said(sayAsked(plan, view.amendment));
  return `*${name(view.requestedBy)}* asks for *${what}* in ${planLabel(plan)} · code ${code(view.code)}`;
}

function approvalLines(view: ConsentView, name: (person: string) => string): string[] {
  const given = view.approvals.map(
    (each) => `${name(each.by)} at ${instant(each.at, view.timezone, view.requestedAt)}`,
  );
  const count = `*${view.approvals.length} of ${view.needed}* approvals${given.length > 0 ? `: ${given.join(', ')}` : ''}`;
  if (view.state !== 'pending') return [count];
  const end = `until ${instant(view.expiresAt, view.timezone, view.requestedAt)}`;
  return [`${count} · an approver other than ${name(view.requestedBy)}, ${end}`];
}

function amendmentLines(view: ConsentView): string[] {
  const { amendment } = view;
  if (amendment === null) return [];
  const words: Record<Amendment['kind'], string> = {
    skip: `⏭️ *Skip* ${code(amendment.step)}: what it would have checked or done is left out`,
    'defer-fence': `⚠️ *Defer the fence* ${code(amendment.step)}: a return guard fences it once it answers; until then its writers may still run`,
    'accept-drift': `⚠️ *Accept what has changed* at ${code(amendment.step)} since it was approved`,
  };
  const now =
    amendment.kind === 'accept-drift'
      ? fewLines(
          changeLines(amendment.planned).map((line) => `• now ${line}`),
          mostFields,
          'more fields',
        )
      : [];
  return [`${words[amendment.kind]}. Reason: “${said(amendment.reason)}”`, ...now];
}

/** Fields of a step that has drifted: those that tell the most come first. */
const mostFields = 8;

function decisionLines(view: ConsentView, name: (person: string) => string): string[] {
  const { plan } = view;
  const changes = view.amendment ? [] : ['*What changes*', ...changeSummary(plan)];
  return [
    ...(view.amendment ? [] : [verdictLine(plan)]),
    ...acceptedLines(plan, name),
    ...dangerLines(plan),
    ...timeLines(plan),
    ...changes,
  ];
}

function compareLine(view: ConsentView): string {
  const same =
    view.amendment === null && view.plan.acceptances.length === 0
      ? 'Compare it with the code of the plan above: it changes when anything that would be done changes.'
      : 'It stands for the plan above with what is written here.';
  return `Code ${code(view.code)}. ${same} By word: \`/dr approve ${view.code}\``;
}

/** What the red button beside Approve is for. */
export const glassWords =
  '*Break glass…* is for when no approver can be reached: it goes on at once, is told to all of them and reviewed afterwards.';

function buttonsOf(view: ConsentView): Element[] {
  if (view.state !== 'pending') return [];
  const value = encode({ incidentId: view.plan.incidentId, code: view.code });
  const confirm = {
    title: `Approve ${view.code}?`,
    text: `${view.plan.title}. Your name is recorded, and with the last approval it starts at once.`,
    yes: 'Approve',
  };
  return [
    button(`Approve ${view.code}`, act.approve, value, { style: 'primary', confirm }),
    button('Break glass…', act.breakGlass, value, { style: 'danger' }),
  ];
}
