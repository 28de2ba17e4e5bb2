import type { DataAtRisk } from '../../domain/action.ts';
import { sayAccepted } from '../../domain/carried.ts';
import { countedFor, ownRtoMs } from '../../domain/counted.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import { lossBeyond, movesPeople } from '../../domain/plan-loss.ts';
import { purposeOf } from '../../domain/restored.ts';
import { type Problem, verdictOf } from '../../domain/verdict.ts';
import { code, said } from './escape.ts';
import { clip } from './limit.ts';
import { few } from './people.ts';
import { changeLines, inputsLine } from './plan-values.ts';
import { duration, instant } from './times.ts';

/** What decides: shown in the modal, at the head of the posted plan and with the question to approvers. */

/** `🟢 Ready`, or what stands in its way. */
export function verdictLine(plan: Plan): string {
  const { verdict } = verdictOf(plan);
  const word = {
    ready: '🟢 *Ready*',
    'needs-acceptance': '🟡 *Needs a reason* for what could not be read',
    blocked: '⛔ *Blocked*',
  }[verdict];
  const loss = verdict === 'ready' ? lossBeyond(plan) : null;
  const stands =
    loss === null
      ? word
      : `🟠 *Ready, and more than the objective of ${duration(loss.rpoMs)} would be lost: ${duration(loss.lossMs)}*`;
  return `${stands} · ${plan.mode} · ${route(plan)} · code ${code(plan.code)}`;
}

/** Of what decides, so many lines or names; the plan itself has all, step by step. */
const most = { problems: 8, accepted: 6, changes: 10, risks: 3, names: 8, left: 6 };

export function problemLines(problems: readonly Problem[]): string[] {
  const lines = problems.map((problem) => `• ${clip(said(problem.sentence), 400)}`);
  return fewLines(lines, most.problems, 'more that did not pass, each with its step');
}

/** What is about to change, one line a step, with what cannot be undone marked. */
export function changeSummary(plan: Plan): string[] {
  const changing = plan.steps.filter((step) => step.risk !== 'read' && !step.noChange);
  if (changing.length === 0) return [unchangedLine(plan)];
  const lines = changing.map(
    (step) => `${clip(`• ${code(step.id)} ${said(step.title)}${firstChange(step)}`, 300)}${flagsOf(step)}`,
  );
  return fewLines(lines, most.changes, 'more steps change something: all are in the plan in the channel');
}

function unchangedLine({ steps }: Plan): string {
  if (steps.some(({ kind }) => kind === 'once' || kind === 'converge'))
    return 'Nothing would change: all is already so.';
  const asks = steps.some(({ kind }) => kind === 'human') ? 'It reads, and asks people' : 'It only reads';
  return `👁️ ${asks}: nothing is changed.`;
}

/** Whoever reads of it anywhere reads that it is a drill. */
export function recordLine({ record }: Plan): string[] {
  return record === 'drill' ? ['🧪 *Drill:* it runs on test resources, and counts as a test.'] : [];
}

export function dangerLines(plan: Plan): string[] {
  const irreversible = plan.steps.filter((step) => step.risk === 'irreversible' && !step.noChange);
  const names = irreversible.map((step) => code(step.id));
  return [
    ...(irreversible.length === 0
      ? undoLines(plan)
      : [
          `🛑 *Cannot be undone:* ${few(names, most.names)}. From ${code(plan.pointOfNoReturn ?? irreversible[0]?.id ?? '')} on there is no undo${movesPeople(plan) ? ', only failing back' : ''}.`,
        ]),
    ...riskLines(plan),
    ...deferredLines(plan),
  ];
}

/** What an undo leaves where it is: nobody else says that it is to be deleted. */
export function leftLines({ left = [] }: Plan): string[] {
  const lines = left.map((sentence) => `🧹 *Left as it is:* ${clip(said(sentence), 400)}`);
  return fewLines(lines, most.left, 'more things that its run has made');
}

/** Of what only reads there is nothing to say, and a backup is not undone by anybody. */
function undoLines(plan: Plan): string[] {
  const { steps } = plan;
  if (plan.purpose === 'undo') return leftLines(plan);
  const changing = steps.filter((step) => step.risk !== 'read' && !step.noChange);
  if (changing.length === 0) return [];
  if (changing.every(({ keeps }) => keeps))
    return ['➕ Nothing that is there is lost, so there is nothing to undo: what it makes or turns on stays.'];
  const byHand = changing.filter(({ undoable }) => !undoable).map(({ id }) => code(id));
  if (byHand.length > 0)
    return [`↩️ What it changes can be undone, up to ${few(byHand, most.names)}: that only by hand.`];
  return ['↩️ Everything it changes can be undone.'];
}

function deferredLines(plan: Plan): string[] {
  const regions = new Map<string, string[]>();
  for (const { id, fencing, target } of plan.steps) {
    const region = target?.region ?? plan.regions.active;
    if (fencing === 'deferred') regions.set(region, [...(regions.get(region) ?? []), code(id)]);
  }
  return [...regions].map(
    ([region, steps]) =>
      `⚠️ *Fence deferred:* ${few(steps, most.names)}: what it fences in ${code(region)} cannot be read. A return guard fences it once it answers; until then its writers may still run.`,
  );
}

/** Nothing of a plan that cannot be run: how long it would take must not look like a promise. */
export function timeLines(plan: Plan): string[] {
  if (verdictOf(plan).verdict === 'blocked') return [];
  const path = `⏱️ About *${duration(plan.criticalPathMs)}*: ${pathWords(plan.criticalPath)}`;
  if (plan.purpose === 'undo') return [path];
  const { rtoMs } = plan.objectives;
  if (purposeOf(plan) === 'routine' && plan.rtoLeftMs === null) return [path];
  if (plan.rtoLeftMs === null && rtoMs !== null) return [`${path}. Measured against an RTO of ${duration(rtoMs)}.`];
  if (plan.rtoLeftMs === null) return [`${path}. No RTO is set.`];
  const own = ownRtoMs(plan);
  const beside = own === null ? '' : ` · ${code(plan.command)} itself has ${duration(own)}`;
  return [path, `${fitWords(plan, plan.rtoLeftMs)}${beside}`];
}

/** By how much it would be over is what counts; how much is over already is only a part of that. */
function fitWords(plan: Plan, leftMs: number): string {
  const over = plan.criticalPathMs - leftMs;
  const left = `${duration(leftMs)} left when this was planned`;
  if (over <= 0) return `✅ fits the ${rtoWords(plan)}: ${left}`;
  const stood = leftMs < 0 ? `it was missed ${duration(leftMs)} before this was planned` : left;
  return `❌ *does not fit the ${rtoWords(plan)}*: it would be over by ${duration(over)}; ${stood}`;
}

/** `RTO of 4h (recover-from-corruption)`: whose it is stands with it. */
function rtoWords(plan: Plan): string {
  const { rtoMs, rtoOf } = countedFor(plan);
  return `RTO of ${duration(rtoMs ?? 0)}${rtoOf ? ` (${said(rtoOf)})` : ''}`;
}

export function madeLine(plan: Plan, timezone: string, by: string): string {
  return `Read ${instant(new Date(plan.madeAt), timezone)} for ${by} · inputs: ${inputsLine(plan.inputs)}`;
}

export function acceptedLines(plan: Plan, name: (person: string) => string): string[] {
  const lines = plan.acceptances.map(
    (each) =>
      `🟡 ${clip(said(sayAccepted(plan, each)), 300)}. ${name(each.by)} accepted that: “${clip(said(each.reason), 200)}”`,
  );
  const rest = plan.acceptances.slice(most.accepted).map(({ check }) => code(check));
  return fewLines(lines, most.accepted, `more that could not be read were accepted: ${few(rest, most.names)}`);
}

/** The way from the first step to the last; of a long one its beginning and its end. */
function pathWords(path: readonly string[]): string {
  const steps = path.map(code);
  if (steps.length <= most.names) return steps.join(' → ');
  return [...steps.slice(0, 4), `${steps.length - 6} more`, ...steps.slice(-2)].join(' → ');
}

/** The first few lines, and how many there are besides. */
export function fewLines(lines: readonly string[], count: number, rest: string): string[] {
  if (lines.length <= count + 1) return [...lines];
  return [...lines.slice(0, count), `• … and ${lines.length - count} ${rest}`];
}

function route(plan: Plan): string {
  if (plan.purpose === 'undo') return 'undo';
  const { active, standby } = plan.regions;
  return movesPeople(plan) ? `${code(active)} → ${code(standby)}` : code(active);
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

/** What several steps would lose alike is said once; what nobody knows comes first, then the most. */
function riskLines(plan: Plan): string[] {
  const found = plan.steps.flatMap(({ id, dataAtRisk }) => (dataAtRisk === null ? [] : [{ id, ...dataAtRisk }]));
  const risks = new Map<string, string[]>();
  for (const { id, ...risk } of found.toSorted((a, b) => bySize(b.seconds, a.seconds))) {
    risks.set(riskWords(risk), [...(risks.get(riskWords(risk)) ?? []), code(id)]);
  }
  const lines = [...risks].map(([words, steps]) => `${words} (${few(steps, 4)})`);
  return fewLines(lines, most.risks, 'more steps put data at risk: each says so in the plan');
}

function bySize(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a - b;
}

function riskWords(risk: DataAtRisk): string {
  return `💾 *Data at risk:* ${lossOf(risk)}. ${clip(said(risk.explain), 300)}`;
}

/** How much would be lost: `*12s* of writes`. */
export function lossOf({ seconds }: DataAtRisk): string {
  return seconds === null ? '*unknown*' : `*${duration(seconds * 1000)}* of writes`;
}
