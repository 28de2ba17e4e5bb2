import type { Plan, PlannedStep } from './plan.ts';
import { type StepState, seen } from './run.ts';

type Steps = readonly Pick<StepState, 'id' | 'status' | 'effectSent'>[];
type Planned = Pick<Plan, 'account' | 'regions' | 'steps'>;

/** A run has fenced, and nothing was seen to take over: nobody is known to take writes. */
export interface Standstill {
  fenced: PlannedStep[];
  /** The Region that people are still sent to. */
  active: string;
  /** The steps that were to give a database that takes writes. */
  promotions: Pick<StepState, 'id' | 'status' | 'effectSent'>[];
}

/** Null while nothing is fenced, and once a promotion or the traffic was seen to have come through. */
export function standstillOf(plan: Planned, steps: Steps): Standstill | null {
  const fenced = plan.steps.filter((step) => step.fence && isSeen(steps, step));
  const weighty = plan.steps.filter((step) => step.risk === 'irreversible');
  const tookOver = plan.steps.some(
    (step) => (step.risk === 'irreversible' || step.traffic !== 'none') && isSeen(steps, step),
  );
  if (fenced.length === 0 || weighty.length === 0 || tookOver) return null;
  const promotions = steps.filter(({ id }) => weighty.some((step) => step.id === id));
  return { fenced, active: plan.regions.active, promotions };
}

/** Whether nobody is known to take writes after these runs of one incident, the newest first. */
export function standsStill(runs: readonly { plan: Planned; steps: Steps }[]): boolean {
  const broughtBack = new Set<string>();
  for (const { plan, steps } of runs) {
    const still = standstillOf(plan, steps);
    if (still) return still.fenced.some((step) => !broughtBack.has(keyOf(plan, step)));
    const changed = plan.steps.filter((step) => step.risk !== 'read' && isSeen(steps, step));
    if (changed.some((step) => step.fence)) return false;
    for (const step of changed) broughtBack.add(keyOf(plan, step));
  }
  return false;
}

/** What people can do from here. */
export interface Ways {
  /** The command whose run it is. */
  command: string;
  ended: boolean;
  /** Whether an undo of the run would bring back what it fenced. */
  undoable: boolean;
  /** The words with which a command brings it back, such as `/dr restart-service region=primary`. */
  bringBack: readonly string[];
}

/** Who takes writes, which Region is still the active one, and which way leads out. */
export function sayStandstill({ fenced, active, promotions }: Standstill, ways: Ways): string {
  const what = fenced.map(({ id, target }) => (target ? `${target.resource} in ${target.region}` : id)).join(' and ');
  const sent = promotions.filter((step) => step.effectSent);
  const who = sent.length > 0 ? 'Nobody is known to take writes' : 'Nobody takes writes';
  const state = `${who}: ${what} is fenced, and no promoted database was seen. ${active} is still the active Region.`;
  return `${state} ${sayWay(promotions, ways)}`;
}

function sayWay(promotions: Standstill['promotions'], ways: Ways): string {
  const { command, ended, undoable } = ways;
  const running = promotions.filter(({ status }) => status === 'running');
  if (running.length > 0) return `${idsOf(running)} is under way, and is watched to its end.`;
  const sent = promotions.filter(({ effectSent }) => effectSent);
  const back = `To get back: ${ended ? '' : '/dr abort, then '}`;
  if (sent.length === 0) return `${back}${undoable ? '/dr undo' : sayBringBack(ways)}.`;
  const on = ended ? `/dr ${command}` : `/dr retry ${sent[0]?.id ?? ''}`;
  return (
    `To go on: ${on}, which looks at what became of ${idsOf(sent)}. ` +
    `${back}see that ${idsOf(sent)} cannot take effect any more, and ${sayBringBack(ways)}.`
  );
}

function sayBringBack({ bringBack }: Ways): string {
  const words = bringBack.length > 0 ? `with ${bringBack.join(' and ')}, or by hand` : 'by hand';
  return `bring what is fenced up again ${words}`;
}

function idsOf(steps: readonly { id: string }[]): string {
  return steps.map(({ id }) => id).join(', ');
}

function keyOf({ account }: Planned, { id, target }: PlannedStep): string {
  return JSON.stringify(target ? [account, target.region, target.resource] : [id]);
}

function isSeen(steps: Steps, { id }: PlannedStep): boolean {
  const status = steps.find((step) => step.id === id)?.status;
  return status !== undefined && seen.includes(status);
}
