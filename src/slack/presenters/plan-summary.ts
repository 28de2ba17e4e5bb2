import type { DataAtRisk } from '../../domain/action.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { type Problem, verdictOf } from '../../domain/verdict.ts';
import { code, said } from './escape.ts';
import { joined } from './people.ts';
import { changeLines, inputsLine } from './plan-values.ts';
import { duration, instant, remaining } from './times.ts';

/** What decides: shown in the modal, at the head of the posted plan and with the question to approvers. */

/** `🟢 Ready`, or what stands in its way. */
export function verdictLine(plan: Plan): string {
  const { verdict } = verdictOf(plan);
  const word = {
    ready: '🟢 *Ready*',
    'needs-acceptance': '🟡 *Needs a reason* for what could not be read',
    blocked: '⛔ *Blocked*',
  }[verdict];
  return `${word} · ${plan.mode} · ${route(plan)} · code ${code(plan.code)}`;
}

export function problemLines(problems: readonly Problem[]): string[] {
  return problems.map((problem) => `• ${said(problem.sentence)}`);
}

/** What is about to change, one line a step, with what cannot be undone marked. */
export function changeSummary(plan: Plan): string[] {
  const changing = plan.steps.filter((step) => step.risk !== 'read' && !step.noChange);
  if (changing.length === 0) return ['Nothing would change: all is already so.'];
  return changing.map((step) => `• ${code(step.id)} ${said(step.title)}${firstChange(step)}${flagsOf(step)}`);
}

export function dangerLines(plan: Plan): string[] {
  const irreversible = plan.steps.filter((step) => step.risk === 'irreversible' && !step.noChange);
  const deferred = plan.steps.filter((step) => step.fencing === 'deferred');
  return [
    irreversible.length === 0
      ? '↩️ Everything it changes can be undone.'
      : `🛑 *Cannot be undone:* ${joined(irreversible.map((step) => code(step.id)))}. From ${code(plan.pointOfNoReturn ?? irreversible[0]?.id ?? '')} on there is no undo, only failing back.`,
    ...riskLines(plan),
    ...deferred.map(
      (step) =>
        `⚠️ *Fence deferred:* ${code(step.id)}: its state in ${code(step.target?.region ?? plan.regions.active)} cannot be read, so its writers may still run. A return guard watches it.`,
    ),
  ];
}

export function timeLines(plan: Plan): string[] {
  const path = `⏱️ About *${duration(plan.criticalPathMs)}*: ${plan.criticalPath.map(code).join(' → ')}`;
  if (plan.rtoLeftMs === null) return [`${path}. No RTO is set.`];
  const fits = plan.criticalPathMs <= plan.rtoLeftMs ? '✅ fits the RTO' : '❌ *does not fit the RTO*';
  return [`${path}`, `${fits}: ${remaining(plan.rtoLeftMs)} when this was planned`];
}

export function madeLine(plan: Plan, timezone: string, by: string): string {
  return `Read ${instant(new Date(plan.madeAt), timezone)} for ${by} · inputs: ${inputsLine(plan.inputs)}`;
}

export function acceptedLines(plan: Plan, name: (person: string) => string): string[] {
  return plan.acceptances.map(
    (each) => `🟡 Carried though unknown: ${code(each.check)}, by ${name(each.by)}: “${said(each.reason)}”`,
  );
}

function route(plan: Plan): string {
  return plan.purpose === 'undo' ? 'undo' : `${code(plan.regions.active)} → ${code(plan.regions.standby)}`;
}

function firstChange(step: PlannedStep): string {
  const [first, ...more] = step.fencing === 'deferred' ? [] : changeLines(step);
  if (first === undefined) return '';
  return `: ${first}${more.length > 0 ? ` (and ${more.length} more)` : ''}`;
}

export function flagsOf(step: PlannedStep): string {
  const flags = [
    step.risk === 'irreversible' ? '🛑 cannot be undone' : null,
    step.traffic === 'none' ? null : `🚦 moves traffic${step.traffic === 'latching' ? ' and stays' : ''}`,
    step.fence ? `🚧 fence${step.fencing === 'deferred' ? ' deferred' : ''}` : null,
    foreignControlPlane(step),
    step.always ? 'runs last, whatever happened' : null,
  ].filter((flag) => flag !== null);
  return flags.length === 0 ? '' : ` · ${flags.join(' · ')}`;
}

/** Worth a warning when it is not the Region in which the step acts; `own` is that very Region. */
function foreignControlPlane(step: PlannedStep): string | null {
  const region = step.controlPlane;
  if (region === null || region === 'own' || region === step.target?.region) return null;
  return `🏛️ depends on the control plane in ${region}`;
}

/** What several steps would lose alike is said once. */
function riskLines(plan: Plan): string[] {
  const risks = new Map<string, string[]>();
  for (const { id, dataAtRisk } of plan.steps) {
    if (dataAtRisk !== null) risks.set(riskWords(dataAtRisk), [...(risks.get(riskWords(dataAtRisk)) ?? []), code(id)]);
  }
  return [...risks].map(([words, steps]) => `${words} (${steps.join(', ')})`);
}

function riskWords(risk: DataAtRisk): string {
  const much = risk.seconds === null ? '*unknown*' : `*${duration(risk.seconds * 1000)}* of writes`;
  return `💾 *Data at risk:* ${much}. ${said(risk.explain)}`;
}
