import { countedFor, ownRtoMs } from '../../domain/counted.ts';
import { type Plan, type PlannedStep, planLabel } from '../../domain/plan.ts';
import { lossBeyond } from '../../domain/plan-loss.ts';
import { mayGoUngraceful } from '../../domain/verdict.ts';
import type { PlanMade } from '../../recovery/recovery.ts';
import type { Wire } from '../wire.ts';
import { difference, duration, table, value } from './text.ts';

type Made = Wire<PlanMade>;
type Planned = Made['plan'];

/** The whole plan: what people need before they type the phrase. */
export function presentPlan(made: Made): string {
  const { plan } = made;
  const sections = [
    heading(made),
    section('Steps', stepLines(plan.steps as PlannedStep[])),
    section('Checks', table(checkRows(plan))),
    section(
      'Fences',
      table(plan.steps.filter((step) => step.fencing !== null).map((step) => [step.id, fenceText(step)])),
    ),
    section('Cannot be undone', table(irreversible(plan))),
    section(
      'Left as it is',
      (plan.left ?? []).map((sentence) => `  ${sentence}`),
    ),
    section('Needs a control plane', table(plan.steps.flatMap(controlPlaneRow))),
    section('Data at risk', table(dataRows(plan))),
    section('Time', made.verdict === 'blocked' ? [] : timeLines(plan)),
    section('Carried by name', table(plan.acceptances.map((one) => [one.check, `${one.by}: ${one.reason}`]))),
    section(
      'In the way',
      made.problems.flatMap((one) => [`  ${one.check} (${carryText(one.carry)})`, `    ${one.sentence}`]),
    ),
    closing(made),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const verdicts: Record<Made['verdict'], string> = {
  ready: 'ready to be asked for',
  'needs-acceptance': 'needs a person to carry what could not be read',
  blocked: 'blocked',
};

function heading({ plan, verdict }: Made): string[] {
  const inputs = Object.entries(plan.inputs).map(
    ([name, given]) => `${name}=${given === '' ? '(empty)' : value(given)}`,
  );
  const purpose = plan.purpose === 'undo' ? `undo of ${plan.undoes}` : plan.title;
  return [
    `${plan.command}: ${purpose}  ${planLabel(plan)}  code ${plan.code}`,
    `Verdict: ${verdicts[verdict]}`,
    [`Mode: ${plan.mode}`, `active ${plan.regions.active}, standby ${plan.regions.standby}`, ...inputs].join('  '),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [title, ...lines] : [];
}

/** Two lines a step: what it is and when it starts, then where it lands and what it changes. */
function stepLines(steps: readonly PlannedStep[]): string[] {
  const heads = table(steps.map(stepRow));
  return steps.flatMap((step, at) => {
    const where = step.target === null ? '' : `${step.target.resource} in ${step.target.region}: `;
    return [heads[at] ?? '', `       ${where}${changeText(step)}`];
  });
}

function stepRow(step: PlannedStep, at: number): string[] {
  const flags = [step.fence ? 'fence' : '', step.traffic === 'none' ? '' : `moves traffic, ${step.traffic}`].filter(
    Boolean,
  );
  const after = step.needs.length > 0 ? `after ${step.needs.join(', ')}` : 'at once';
  return [`${at + 1}`, step.id, step.uses, after, flags.join(', ')];
}

function controlPlaneRow(step: Planned['steps'][number]): string[][] {
  if (step.controlPlane === null) return [];
  const region = step.controlPlane === 'own' ? (step.target?.region ?? "the step's own Region") : step.controlPlane;
  return [[step.id, region]];
}

function changeText(step: PlannedStep): string {
  if (step.kind === 'human') return 'a person does this';
  if (step.uses === 'script.check') return 'runs a script that muster.yml calls harmless';
  if (step.kind === 'read') return 'reads only';
  if (step.noChange) return 'no change: it is already so';
  const known = difference(step.before, step.after);
  const later = Object.entries(step.later).map(([field, steps]) => `${field} known after ${steps.join(', ')}`);
  const all = [known, ...later].filter(Boolean).join(', ');
  return all === '' ? 'reads only' : all;
}

function checkRows(plan: Planned): string[][] {
  return plan.steps.flatMap((step) =>
    step.checks.map((check) => [
      check.verdict,
      `${step.id}/${check.id}`,
      `${check.title}: expected ${check.expected}, found ${check.found}`,
    ]),
  );
}

function fenceText(step: Planned['steps'][number]): string {
  if (step.fencing === 'fenced') return 'will be fenced';
  return 'deferred: its state cannot be read. A return guard fences it once it answers; until then its writers may still run';
}

function irreversible(plan: Planned): string[][] {
  return plan.steps
    .filter((step) => step.risk === 'irreversible' || (step.risk === 'reversible' && !step.undoable))
    .map((step) => [step.id, step.undo]);
}

function dataRows(plan: Planned): string[][] {
  const beyond = lossBeyond(plan as Pick<Plan, 'steps' | 'objectives' | 'owed'>);
  const over =
    beyond === null ? [] : [['', duration(beyond.lossMs), `more than the objective of ${duration(beyond.rpoMs)}`]];
  const rows = plan.steps.flatMap((step) => {
    if (step.dataAtRisk === null) return [];
    const { seconds, explain } = step.dataAtRisk;
    return [[step.id, seconds === null ? 'unknown' : `${seconds} s`, explain]];
  });
  return [...over, ...rows];
}

function timeLines(plan: Planned): string[] {
  const path = `  Critical path ${duration(plan.criticalPathMs)}: ${plan.criticalPath.join(' → ')}`;
  const noReturn = plan.pointOfNoReturn === null ? [] : [`  Point of no return: ${plan.pointOfNoReturn}`];
  if (plan.purpose === 'undo') return [path, ...noReturn];
  const left = plan.rtoLeftMs;
  const { rtoMs, rtoOf } = countedFor(plan);
  const own = ownRtoMs(plan);
  const whose = rtoOf && rtoMs !== null ? ` ${duration(rtoMs)} of ${rtoOf},` : '';
  const room =
    left === null
      ? rtoMs === null
        ? '  No RTO is set for this'
        : `  Measured against an RTO of ${duration(rtoMs)}`
      : left < 0
        ? `  The RTO${whose} passed ${duration(-left)} ago`
        : `  RTO${whose} left ${duration(left)}`;
  const over = left === null ? 0 : plan.criticalPathMs - left;
  const short = over > 0 ? `: this would be over by ${duration(over)}` : '';
  const beside = own === null ? '' : `; ${plan.command} itself has ${duration(own)}`;
  return [path, `${room}${short}${beside}`, ...noReturn];
}

function carryText(carry: Made['problems'][number]['carry']): string {
  if (carry === 'with-reason') return 'may be carried with --accept CHECK="REASON"';
  return carry === 'ungraceful' ? 'may be carried by --mode ungraceful' : 'nobody may carry this';
}

function closing({ plan, verdict, problems }: Made): string[] {
  if (verdict === 'blocked') {
    const losing = mayGoUngraceful(plan, problems)
      ? [`Where data may be lost it can be run ungraceful: muster plan ${plan.command} --mode ungraceful shows what.`]
      : [];
    return ['Nothing can be asked for until the above is mended.', ...losing];
  }
  const type = plan.phrase === null ? 'no phrase to type' : `type ${plan.phrase}`;
  const others =
    plan.approvals === 0
      ? 'nobody else needs to approve'
      : `${plan.approvals} other ${plan.approvals === 1 ? 'person approves' : 'people approve'}`;
  return [`To run it: ${type}; ${others}.`];
}
