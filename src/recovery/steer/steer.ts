import { Refusal } from '../../domain/errors.ts';
import type { Role } from '../../domain/home.ts';
import { type Person, refuseUnless, type Word } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Run, Steer } from '../../domain/run.ts';
import { appendAudit } from '../../store/audit.ts';
import { membersOf, rolesOf } from '../../store/roles.ts';
import { lockRun } from '../../store/runs.ts';
import type { RecoveryDeps } from '../deps.ts';
import type { SteerAsk } from '../recovery.ts';
import { sendSteer } from './send-steer.ts';

/** The run, held until the transaction ends, if this person may say this word to it and it has not ended. */
export async function lockSteerable(
  tx: Tx,
  ask: Pick<SteerAsk, 'runId'>,
  by: Person,
  word: Word,
  mayAnyway: (roles: ReadonlySet<Role>) => boolean = () => false,
): Promise<Run> {
  const run = await lockRun(tx, ask.runId);
  if (!run) throw new Refusal(`There is no run ${ask.runId}. /dr status shows the one under way.`);
  const roles = await rolesOf(tx, run.incidentId, by);
  const commanders = await membersOf(tx, run.incidentId, 'commanders');
  const named = commanders.filter(({ person, slack }) => person !== slack).map(({ person }) => person);
  if (!mayAnyway(roles)) refuseUnless(roles, word, named);
  if (run.status === 'ended')
    throw new Refusal(`${run.command} has ended: ${run.outcome}. There is nothing left to ${word}.`);
  return run;
}

export async function pauseRun(deps: RecoveryDeps, ask: SteerAsk, by: Person): Promise<string> {
  return deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'pause');
    if (run.status === 'aborting') throw new Refusal(`${run.command} is being aborted: nothing more starts as it is.`);
    await say(tx, deps, run, { word: 'pause', by: by.name, reason: ask.reason ?? null }, by);
    return `Pausing ${run.command}: nothing more starts; what is under way goes on to its end.`;
  });
}

export async function resumeRun(deps: RecoveryDeps, ask: SteerAsk, by: Person): Promise<string> {
  return deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'resume');
    if (run.status !== 'paused') throw new Refusal(`${run.command} is ${run.status}: there is nothing to resume.`);
    await say(tx, deps, run, { word: 'resume', by: by.name, reason: ask.reason ?? null }, by);
    return `Resuming ${run.command}. A step that stopped short still waits for retry or skip.`;
  });
}

export async function abortRun(deps: RecoveryDeps, ask: SteerAsk, by: Person): Promise<string> {
  return deps.store.tx(async (tx) => {
    const run = await lockSteerable(tx, ask, by, 'abort');
    if (run.status === 'aborting') throw new Refusal(`${run.command} is being aborted already.`);
    await say(tx, deps, run, { word: 'abort', by: by.name, reason: ask.reason ?? null }, by);
    return `Aborting ${run.command}: nothing more starts; what is under way is watched to its end, then the run ends as aborted.`;
  });
}

/** Writes down who said it and puts it into the run's mailbox. */
export async function say(tx: Tx, deps: RecoveryDeps, run: Run, steer: Steer, by: Person): Promise<void> {
  await appendAudit(tx, {
    at: deps.clock.now(),
    who: by.name,
    door: by.door,
    what: `run.${steer.word}`,
    incidentId: run.incidentId,
    runId: run.id,
    detail: {
      step: steer.word === 'retry' ? steer.step : null,
      reason: steer.word === 'amend' ? steer.amendment.reason : steer.reason,
    },
  });
  await sendSteer(tx, deps, run.id, steer);
}
