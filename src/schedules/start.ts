import { Refusal } from '../domain/errors.ts';
import type { Schedule } from '../domain/home.ts';
import { muster, slackOf } from '../domain/identity.ts';
import { incidentLabel } from '../domain/incident.ts';
import { inputsOf, type Occurrence, schedulePerson } from '../domain/schedule.ts';
import { claimDue, handOver, releaseStarts, renewStart } from '../store/occurrences.ts';
import type { SchedulesDeps } from './deps.ts';
import { postCard, record, tellDirectly } from './tell.ts';
import { claimMs } from './waiting.ts';

/** Starts what is due and starts by itself, side by side. */
export async function startDue(deps: SchedulesDeps): Promise<void> {
  const claimed: Promise<void>[] = [];
  for (let occurrence = await claim(deps); occurrence; occurrence = await claim(deps))
    claimed.push(startOne(deps, occurrence));
  await Promise.all(claimed);
}

/** For a process that is alone with its store: what a dead one was about to start is not waited for. */
export function takeOverStarts({ store }: Pick<SchedulesDeps, 'store'>): Promise<void> {
  return store.tx(releaseStarts);
}

interface Claimed extends Occurrence {
  again: boolean;
  claimedAt: Date;
}

async function claim({ store, clock, real }: SchedulesDeps): Promise<Claimed | null> {
  const claimedAt = real.now();
  const of = { at: claimedAt, staleBefore: new Date(claimedAt.getTime() - claimMs) };
  const claimed = await store.tx((tx) => claimDue(tx, clock.now(), of));
  return claimed && { ...claimed, claimedAt };
}

/**
 * Plans and asks for it; what cannot be started is a person's to start, and its owner is told why. What fails as nothing
 * should is tried once more when its claim is stale: the process may have been stopping.
 */
async function startOne(deps: SchedulesDeps, occurrence: Claimed): Promise<void> {
  const schedule = deps.home.schedules[occurrence.schedule];
  if (!schedule) return;
  deps.crash('schedule.claimed', occurrence.schedule);
  const over = new AbortController();
  const holding = holdClaim(deps, occurrence, over.signal);
  try {
    const why = await tryToStart(deps, occurrence, schedule);
    if (why !== null) await giveToPeople(deps, { occurrence, schedule, why });
  } catch (error) {
    if (!(error instanceof Refusal)) deps.onError(error);
    if (!(error instanceof Refusal) && !occurrence.again) return;
    const why =
      error instanceof Refusal ? error.message : 'Muster failed in a way that was not expected; its log has it';
    await giveToPeople(deps, { occurrence, schedule, why });
  } finally {
    over.abort();
    await holding;
  }
}

/** A start that takes long is no dead process: others leave it alone while this goes on. */
async function holdClaim(deps: SchedulesDeps, { id, claimedAt }: Claimed, signal: AbortSignal): Promise<void> {
  let since = claimedAt;
  for (;;) {
    const slept = await deps.real.sleep(claimMs / 3, signal).then(
      () => true,
      () => false,
    );
    if (!slept) return;
    const at = deps.real.now();
    const isHeld = await deps.store.tx((tx) => renewStart(tx, id, { since, at })).catch(deps.onError);
    if (isHeld === false) return;
    if (isHeld) since = at;
  }
}

/** Null once it is started, else why not. */
async function tryToStart(deps: SchedulesDeps, occurrence: Occurrence, schedule: Schedule): Promise<string | null> {
  const { recovery } = deps;
  const { command } = schedule;
  // A backup of what is broken, or a lock that a recovery needs: while people recover, they decide.
  const [incident] = await recovery.underway();
  if (incident) return `${incidentLabel(incident)} is open, and nothing starts by itself meanwhile.`;
  const inputs = inputsOf(schedule);
  const by = schedulePerson(occurrence.schedule);
  const record = await recovery.openRecord({ command, inputs, requestKey: requestKeyOf(occurrence) }, muster);
  const { plan, verdict, problems } = await recovery.plan({ incidentId: record.id, command, inputs }, by);
  deps.crash('schedule.planned', occurrence.schedule);
  if (verdict !== 'ready') return problems.map(({ sentence }) => sentence).join(' ') || `its plan is ${verdict}`;
  // The run's start makes the occurrence started, in one transaction or not at all.
  await recovery.request({ planId: plan.id, phrase: '', accept: {} }, by);
  return null;
}

/** The same for whoever begins it, so that one drill has one record. */
export function requestKeyOf({ id }: Pick<Occurrence, 'id'>): string {
  return `schedule:${id}`;
}

async function giveToPeople(
  deps: SchedulesDeps,
  of: { occurrence: Occurrence; schedule: Schedule; why: string },
): Promise<void> {
  const { occurrence, schedule, why } = of;
  const now = deps.clock.now().getTime();
  const remindAt = new Date(now + (occurrence.until.getTime() - now) / 2);
  await deps.store.tx(async (tx) => {
    if (!(await handOver(tx, occurrence.id, why, remindAt))) return;
    await postCard(deps, tx, occurrence);
    // The message in the channel says it already, and mentions them.
    const slack = slackOf(deps.home, schedule.owner);
    await tellDirectly(deps, tx, { occurrence, what: 'handed-over', to: slack === null ? [] : [slack] });
    await record(deps, tx, { what: 'schedule.handed-over', occurrence, detail: { why } });
  });
}
