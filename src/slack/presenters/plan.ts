import type { Check } from '../../domain/action.ts';
import type { Home } from '../../domain/home.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { startSentence } from '../../domain/start-sentence.ts';
import { checkKey, mayGoUngraceful, verdictOf } from '../../domain/verdict.ts';
import { type Block, context, divider, header, section, sections } from './blocks.ts';
import { code, said } from './escape.ts';
import { verdictMark } from './marks.ts';
import { messages, type Words } from './message.ts';
import { few, joined, personName } from './people.ts';
import {
  acceptedLines,
  changeSummary,
  dangerLines,
  flagsOf,
  lossOf,
  madeLine,
  problemLines,
  recordLine,
  timeLines,
  verdictLine,
} from './plan-summary.ts';
import { changeLines, laterLines } from './plan-values.ts';
import { duration } from './times.ts';

/** The whole plan: what decides first, then every step. What does not fit one message goes below it, in its thread. */
export function presentPlan(plan: Plan, look: { home: Home; simulated: boolean }): [Words, ...Words[]] {
  const title = plan.purpose === 'undo' ? `↩️ ${plan.title}` : `📋 Plan: ${plan.title}`;
  const name = (person: string): string => personName(look.home, person);
  const top = [
    ...recordLine(plan),
    verdictLine(plan),
    nextLine(plan),
    ...problemLines(verdictOf(plan).problems),
    ...acceptedLines(plan, name),
    ...dangerLines(plan),
    ...timeLines(plan),
  ];
  const made = madeLine(plan, look.home.timezone, name(plan.requestedBy));
  const blocks: Block[] = [
    header(title),
    ...sections(top),
    context(made),
    divider,
    ...plan.steps.map((step, index) => section(stepLines(step, index, plan).join('\n'))),
  ];
  const text = [`*${said(title)}*`, ...top, ...changeSummary(plan), made].join('\n');
  return messages(text, blocks, look.simulated);
}

function stepLines(step: PlannedStep, index: number, plan: Plan): string[] {
  const head = `*${index + 1} · ${said(step.id)}* ${said(step.title)}${flagsOf(step)}`;
  const where =
    step.target === null
      ? code(step.uses)
      : `${code(step.uses)} on ${code(step.target.resource)} in ${code(step.target.region)}`;
  return [head, where, ...effectLines(step), ...checkLines(step, plan), tailOf(step)];
}

function tailOf(step: PlannedStep): string {
  const undo = step.noChange || step.risk === 'read' ? [] : [`undo: ${said(step.undo)}`];
  const loss = step.dataAtRisk === null ? [] : [`data at risk: ${lossOf(step.dataAtRisk).replaceAll('*', '')}`];
  return [`about ${duration(step.estimateMs)}`, needsLine(step), ...loss, ...undo].join(' · ');
}

function effectLines(step: PlannedStep): string[] {
  if (step.kind === 'human') return ['✋ A person does this and says so.', ...laterLines(step)];
  if (step.kind === 'read') return [readsLine(step), ...laterLines(step)];
  if (step.noChange) return ['☑️ Already so: nothing to change.', ...laterLines(step)];
  return [...changeLines(step).map((line) => `✏️ ${line}`), ...laterLines(step)];
}

/** What a script does is not seen from outside: that it is harmless is the word of muster.yml. */
function readsLine({ uses }: PlannedStep): string {
  return uses === 'script.check' ? '📜 Runs a script that muster.yml calls harmless.' : '👁️ Reads only.';
}

/** What did not pass has a line of its own; what passed shares one. */
function checkLines(step: PlannedStep, plan: Plan): string[] {
  const open = step.checks.filter((check) => check.verdict !== 'pass');
  const passed = step.checks.filter((check) => check.verdict === 'pass');
  const shared = passed.map((check) => `${said(check.title)} (${said(check.found)})`).join(' · ');
  return [
    ...open.map((check) => openLine(step, check, plan)),
    ...(passed.length > 0 ? [`${verdictMark.pass}: ${shared}`] : []),
  ];
}

function openLine(step: PlannedStep, check: Check, plan: Plan): string {
  const accepted = plan.acceptances.some((each) => each.check === checkKey(step, check));
  const carried = accepted ? ' · carried with a reason' : '';
  if (check.verdict === 'unknown') {
    const title = said(startSentence(check.title));
    return `❓ *${title}:* not known. ${said(startSentence(sayUnread(step, check)))}.${carried}`;
  }
  return `${verdictMark[check.verdict]}: *${said(check.title)}:* found ${said(check.found.replace(/\.$/, ''))}, expected ${said(check.expected)}${carried}`;
}

/** What was expected and found, word for word, stays in the plan. */
function sayUnread({ target }: PlannedStep, { found }: Check): string {
  const silent = target?.region != null && found.includes('did not answer in time');
  return silent ? `${target.region} did not answer in time` : found.replace(/\.$/, '');
}

function needsLine(step: PlannedStep): string {
  return step.needs.length === 0 ? 'starts at once' : `after ${few(step.needs.map(code), 5)}`;
}

function nextLine(plan: Plan): string {
  const { verdict, problems } = verdictOf(plan);
  if (verdict === 'blocked') {
    const ungraceful = mayGoUngraceful(plan, problems)
      ? `, or accept that data is lost: \`/dr ${said(plan.command)} mode=ungraceful\``
      : '';
    return `👉 Nothing has been changed, and this plan cannot be run. Mend what stands in its way and plan again${ungraceful}.`;
  }
  const word = `👉 Nothing has been changed. To run it: \`/dr ${plan.purpose === 'undo' ? 'undo' : said(plan.command)}\``;
  const phrase = plan.phrase === null ? [] : [`the word ${code(plan.phrase)}`];
  const others = plan.approvals === 1 ? 'the approval of one other' : `the approvals of ${plan.approvals} others`;
  if (plan.approvals === 0)
    return `${joined([word, ...phrase])}, for code ${code(plan.code)}; nobody else has to approve.`;
  return `${joined([word, ...phrase, others])}, all for code ${code(plan.code)}.`;
}
