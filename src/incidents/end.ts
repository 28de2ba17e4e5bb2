import { untoldOf } from '../domain/audience.ts';
import { Refusal } from '../domain/errors.ts';
import { type Incident, incidentLabel, isIncident, isOpen } from '../domain/incident.ts';
import { type Person, refuseUnless } from '../domain/person.ts';
import { crashAround } from '../domain/ports/crash.ts';
import type { Tx } from '../domain/ports/store.ts';
import { readAudienceViews } from '../store/audiences.ts';
import { appendAudit } from '../store/audit.ts';
import { guardsOf } from '../store/guards.ts';
import { closeIncident, resolveIncident } from '../store/incidents.ts';
import { isUnpublished, readPublic } from '../store/public-incidents.ts';
import { rolesOf } from '../store/roles.ts';
import { runsOf } from '../store/runs.ts';
import type { IncidentsDeps } from './deps.ts';
import { holdIncident } from './find.ts';
import type { Closed, Resolved } from './incidents.ts';

/** Ends the impact: measures recovery from what was observed, and keeps it. */
export async function resolve(deps: IncidentsDeps, ask: { incidentId: number }, by: Person): Promise<Resolved> {
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'resolve');
    refuseNoImpact(incident);
    if (!isOpen(incident)) throw new Refusal(`${incidentLabel(incident)} is ${incident.phase} already.`);
    await refuseUnderWay(tx, incident, 'resolved');
    const recovery = await deps.measure(tx, incident);
    const at = deps.clock.now();
    await resolveIncident(tx, incident.id, recovery, at);
    await recordEnd(tx, { incident, by, at, what: 'incident.resolved', detail: { ...recovery } });
    await tx.tell({ kind: 'PhaseChanged', incidentId: incident.id, phase: 'resolved', by: by.name });
    crashAround(tx, deps.crash, 'incident.resolved', String(incident.id));
    const unpublished = isUnpublished(await readPublic(tx, incident.id));
    const untold = untoldOf(await readAudienceViews(tx, deps.home, incident));
    return { incident: { ...incident, phase: 'resolved', resolvedAt: at }, recovery, unpublished, untold };
  });
}

/** Ends the work on it: nothing is watched for it any more. */
export async function close(deps: IncidentsDeps, ask: { incidentId: number }, by: Person): Promise<Closed> {
  return deps.store.tx(async (tx) => {
    const incident = await holdIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, incident.id, by), 'close');
    if (incident.phase === 'closed') throw new Refusal(`${incidentLabel(incident)} is closed already.`);
    if (!isIncident(incident)) return closeRecord(deps, tx, incident, by);
    if (incident.phase !== 'resolved') {
      throw new Refusal(`${incidentLabel(incident)} is ${incident.phase}: resolve it first with /dr resolve.`);
    }
    await refuseGuarded(tx, incident);
    const views = await readAudienceViews(tx, deps.home, incident);
    const untold = untoldOf(views);
    const owed = views.flatMap(({ audience, dueAt }) =>
      dueAt === null || untold.includes(audience) ? [] : [audience],
    );
    return { incident: await writeClosed(deps, tx, incident, by), owed, untold };
  });
}

/** A drill has no impact to be resolved first; routines of a month go on until the next month's begin. */
async function closeRecord(deps: IncidentsDeps, tx: Tx, record: Incident, by: Person): Promise<Closed> {
  if (record.kind === 'routine') {
    throw new Refusal(
      `${incidentLabel(record)} closes by itself once a routine of a later month has begun. Nothing has been done.`,
    );
  }
  await refuseUnderWay(tx, record, 'closed');
  return { incident: await writeClosed(deps, tx, record, by), owed: [], untold: [] };
}

export async function writeClosed(
  { clock }: Pick<IncidentsDeps, 'clock'>,
  tx: Tx,
  incident: Incident,
  by: Person,
): Promise<Incident> {
  const at = clock.now();
  await closeIncident(tx, incident.id, at);
  await recordEnd(tx, { incident, by, at, what: `${incident.kind}.closed`, detail: {} });
  await tx.tell({ kind: 'PhaseChanged', incidentId: incident.id, phase: 'closed', by: by.name });
  return { ...incident, phase: 'closed', closedAt: at };
}

function refuseNoImpact(record: Incident): void {
  if (isIncident(record)) return;
  const what = record.kind === 'drill' ? 'a drill: /dr close closes it' : 'a record of routines';
  throw new Refusal(`There is no impact to resolve: ${incidentLabel(record)} is ${what}.`);
}

async function refuseUnderWay(tx: Tx, incident: Incident, what: 'resolved' | 'closed'): Promise<void> {
  const run = (await runsOf(tx, incident.id)).find((one) => one.status !== 'ended');
  if (!run) return;
  throw new Refusal(
    `${incidentLabel(incident)} cannot be ${what} while ${run.command} is ${run.status} (${run.id}): ` +
      'let it end, or abort it with /dr abort.',
  );
}

async function refuseGuarded(tx: Tx, incident: Incident): Promise<void> {
  const guard = (await guardsOf(tx, incident.id)).find((one) => one.state === 'armed');
  if (!guard) return;
  throw new Refusal(
    `${incidentLabel(incident)} cannot close: ${guard.region} was not fenced (${guard.stepId}), and a return guard ` +
      'watches for it to come back. It may close once the guard has fenced it.',
  );
}

async function recordEnd(
  tx: Tx,
  end: { incident: Incident; by: Person; at: Date; what: string; detail: Record<string, string | number | null> },
): Promise<void> {
  await appendAudit(tx, {
    at: end.at,
    who: end.by.name,
    door: end.by.door,
    what: end.what,
    incidentId: end.incident.id,
    runId: null,
    detail: end.detail,
  });
}
