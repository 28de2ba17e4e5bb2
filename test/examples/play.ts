import type { Mode } from '../../src/domain/command.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Person } from '../../src/domain/person.ts';
import type { RunView } from '../../src/domain/views.ts';
import type { PlanMade } from '../../src/recovery/recovery.ts';
import type { FaultInput } from '../../src/sim/index.ts';
import type { SimulatedMuster } from '../support/simulated-muster.ts';

export interface Play {
  command: string;
  /** The incident that it is played in, and which goes on; one of its own that ends with it if absent. */
  within?: number;
  inputs?: Record<string, string>;
  mode?: Mode;
  /** Set when everybody has consented and nothing has begun. */
  faults?: readonly FaultInput[];
  /** Done at that same moment. */
  atStart?: () => void;
  /** How often what has stopped is tried again before it is given up. */
  retries?: number;
  /** Put back what it did, once it has ended and this was looked at. */
  undo?: () => void;
  /** Done when everybody has consented to the undo and nothing of it has begun. */
  atUndo?: () => void;
  /** As `retries`, for the undo; the same unless given. */
  undoRetries?: number;
}

/** What a play came to. */
export interface Played {
  made: PlanMade;
  /** At its end; null when the plan was blocked. */
  run: RunView | null;
  /** Why it stopped for a person, each time. */
  pauses: string[];
  /** Steps that people did. */
  byHand: string[];
  /** Its undo, at its end; null where none was asked for. */
  undone: RunView | null;
}

/**
 * A command from its plan to its end, by people who carry whatever they may, do what they are asked, and try again what has
 * stopped. Where trying again does not help, they abort.
 */
export async function play(muster: SimulatedMuster, what: Play): Promise<Played> {
  const { command, inputs = {}, mode, retries = 2 } = what;
  const { commander } = peopleOf(muster);
  const { within } = what;
  const own = within === undefined ? await openRecord(muster, command, commander) : null;
  const incidentId = own?.id ?? within ?? 0;
  const made = await muster.recovery.plan({ incidentId, command, inputs, ...(mode ? { mode } : {}) }, commander);
  const played: Played = { made, run: null, pauses: [], byHand: [], undone: null };
  if (made.verdict !== 'blocked') {
    await consent(muster, made, what);
    played.run = await follow(muster, incidentId, commander, played, retries);
    if (what.undo) {
      what.undo();
      const back = await muster.recovery.planUndo({ runId: played.run.run.id }, commander);
      await consent(muster, back, what.atUndo ? { atStart: what.atUndo } : {});
      played.undone = await follow(muster, incidentId, commander, played, what.undoRetries ?? retries);
    }
  }
  if (own?.kind === 'incident') await muster.incidents.resolve({ incidentId }, commander);
  return played;
}

/** An incident; for a drill or a routine, the record that Muster keeps of it. */
function openRecord(
  { incidents, commands, home, clock }: SimulatedMuster,
  name: string,
  by: Person,
): Promise<Incident> {
  const requestKey = `${name} at ${performance.now()}`;
  const purpose = commands.find((command) => command.name === name)?.purpose ?? 'recovery';
  if (purpose !== 'recovery') return incidents.openRecord({ command: name, requestKey }, by);
  const ask = {
    title: `Play of ${name}`,
    severity: Object.keys(home.severities)[0] ?? '',
    services: Object.keys(home.system.services),
    impactBeganAt: clock.now(),
    requestKey,
  };
  return incidents.declare(ask, by);
}

/** Everybody who is asked says yes; what is to go wrong is set when nothing has begun. */
async function consent(
  muster: SimulatedMuster,
  { plan, problems }: PlanMade,
  { faults = [], atStart }: Pick<Play, 'faults' | 'atStart'>,
): Promise<void> {
  const { commander, approvers } = peopleOf(muster);
  const accept = Object.fromEntries(problems.map(({ check }) => [check, 'known, and taken on']));
  const asked = await muster.recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept }, commander);
  for (const fault of faults) muster.world.setFault(fault);
  atStart?.();
  for (const approver of approvers.slice(0, asked.needed))
    await muster.recovery.approve({ code: asked.code, incidentId: plan.incidentId }, approver);
}

/** Real milliseconds after which a play hangs, however busy the machine is. */
const playMs = 200_000;

/** Looks at whatever happens, and decides before time goes on. */
async function follow(
  muster: SimulatedMuster,
  incidentId: number,
  commander: Person,
  played: Played,
  retries: number,
): Promise<RunView> {
  const end = performance.now() + playMs;
  const left = { retries };
  while (performance.now() < end) {
    const seen = await muster.recovery.currentRun(incidentId);
    if (seen?.run.status === 'ended') return seen;
    if (seen) await decide(muster, seen, commander, played, left);
    await muster.news();
  }
  throw new Error(`the run did not end within ${playMs / 1000} s`);
}

/** Tries again what has stopped, or aborts, and does what people are asked to do. */
async function decide(
  { recovery }: SimulatedMuster,
  { run, plan, steps }: RunView,
  commander: Person,
  { pauses, byHand }: Played,
  left: { retries: number },
): Promise<void> {
  if (run.status === 'paused') {
    pauses.push(run.note ?? 'it paused');
    const stopped = steps.find(({ status }) => ['failed', 'unknown', 'drifted'].includes(status));
    left.retries -= 1;
    await isTaken(
      stopped && left.retries >= 0
        ? recovery.retry({ runId: run.id, step: stopped.id }, commander)
        : recovery.abort({ runId: run.id, reason: 'it does not help' }, commander),
    );
  }
  for (const { id, status } of steps) {
    const isHuman = plan.steps.find((step) => step.id === id)?.kind === 'human';
    if (status !== 'running' || !isHuman || byHand.includes(id)) continue;
    const answer = { runId: run.id, step: id, done: true, note: 'done, in a play' };
    if (await isTaken(recovery.answer(answer, commander))) byHand.push(id);
  }
}

/** False where the run had moved on, or the step's own workflow does not listen yet: then the next look shows what to do. */
function isTaken(said: Promise<string>): Promise<boolean> {
  return said.then(
    () => true,
    () => false,
  );
}

export function peopleOf({ home }: SimulatedMuster): { commander: Person; approvers: Person[] } {
  const named = (name: string): Person => ({ name, slack: home.people[name]?.slack ?? name, door: 'terminal' });
  const [commander] = home.roles.commanders.filter((name) => name in home.people).map(named);
  if (!commander) throw new Error('the example has no commander among its people');
  const approvers = home.roles.approvers.filter((name) => name in home.people && name !== commander.name).map(named);
  return { commander, approvers };
}
