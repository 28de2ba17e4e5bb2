import type { Mode } from '../../src/domain/command.ts';
import type { Person } from '../../src/domain/person.ts';
import type { RunView } from '../../src/domain/views.ts';
import type { PlanMade } from '../../src/recovery/recovery.ts';
import type { FaultInput } from '../../src/sim/index.ts';
import type { SimulatedMuster } from '../support/simulated-muster.ts';
import { until } from '../support/simulated-muster.ts';

export interface Play {
  command: string;
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
  const { id: incidentId } = await muster.incidents.declare(
    {
      title: `Play of ${command}`,
      severity: Object.keys(muster.home.severities)[0] ?? '',
      services: Object.keys(muster.home.system.services),
      impactBeganAt: muster.clock.now(),
      requestKey: `${command} at ${performance.now()}`,
    },
    commander,
  );
  const made = await muster.recovery.plan({ incidentId, command, inputs, ...(mode ? { mode } : {}) }, commander);
  const played: Played = { made, run: null, pauses: [], byHand: [], undone: null };
  if (made.verdict !== 'blocked') {
    await consent(muster, made, what);
    played.run = await follow(muster, incidentId, commander, played, retries);
    if (what.undo) {
      what.undo();
      const back = await muster.recovery.planUndo({ runId: played.run.run.id }, commander);
      await consent(muster, back, {});
      played.undone = await follow(muster, incidentId, commander, played, retries);
    }
  }
  await muster.incidents.resolve({ incidentId }, commander);
  return played;
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

/** Real time after which a play hangs, however busy the machine is. */
const playSeconds = 200;

async function follow(
  { recovery }: SimulatedMuster,
  incidentId: number,
  commander: Person,
  { pauses, byHand }: Played,
  retries: number,
): Promise<RunView> {
  let left = retries;
  const next = (seen: RunView): Promise<unknown> => {
    const { id: runId, note } = seen.run;
    pauses.push(note ?? 'it paused');
    const stopped = seen.steps.find(({ status }) => ['failed', 'unknown', 'drifted'].includes(status));
    left -= 1;
    return stopped && left >= 0
      ? recovery.retry({ runId, step: stopped.id }, commander)
      : recovery.abort({ runId, reason: 'it does not help' }, commander);
  };
  return until(
    async () => {
      const seen = await recovery.currentRun(incidentId);
      if (!seen || seen.run.status === 'ended') return seen;
      if (seen.run.status === 'paused') await next(seen).catch(() => undefined);
      for (const { id, status } of seen.steps) {
        const human = seen.plan.steps.find((step) => step.id === id)?.kind === 'human';
        if (status !== 'running' || !human || byHand.includes(id)) continue;
        // Its own workflow may not listen yet: then it is answered at the next look.
        await recovery.answer({ runId: seen.run.id, step: id, done: true, note: 'done, in a play' }, commander).then(
          () => byHand.push(id),
          () => undefined,
        );
      }
      return null;
    },
    'the run to end',
    playSeconds,
  );
}

function peopleOf({ home }: SimulatedMuster): { commander: Person; approvers: Person[] } {
  const named = (name: string): Person => ({ name, slack: home.people[name]?.slack ?? name, door: 'terminal' });
  const [commander] = home.roles.commanders.filter((name) => name in home.people).map(named);
  if (!commander) throw new Error('the example has no commander among its people');
  const approvers = home.roles.approvers.filter((name) => name in home.people && name !== commander.name).map(named);
  return { commander, approvers };
}
