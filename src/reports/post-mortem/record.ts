import type { SentEffect } from '../../domain/contradictions.ts';
import type { Home } from '../../domain/home.ts';
import type { Incident, Recovery } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import type { Occurrence } from '../../domain/schedule.ts';
import type { TimelineEntry } from '../../domain/timeline.ts';
import { monthOf } from '../../incidents/routine-month.ts';
import { type BroadcastRow, broadcastsOf } from '../../store/broadcasts.ts';
import { type EscalationRow, readEscalation } from '../../store/escalations.ts';
import { type GuardRow, guardsOf } from '../../store/guards.ts';
import { readIncident, readRecovery } from '../../store/incidents.ts';
import { occurrencesBetween } from '../../store/occurrences.ts';
import { readPlan } from '../../store/plans.ts';
import {
  type Consented,
  consentsIn,
  effectsIn,
  type Grant,
  grantsIn,
  type Promised,
  promisedIn,
} from '../../store/record.ts';
import { type ReviewRow, reviewsOf } from '../../store/reviews.ts';
import { runsOf } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import { readTimeline } from '../../store/timeline.ts';
import type { Evidence } from '../evidence.ts';
import { measureRecovery } from '../recovery.ts';

/** Everything that an incident has left, read at one moment. */
export interface IncidentRecord {
  incident: Incident;
  home: Home;
  now: Date;
  simulated: boolean;
  /** As it was measured when it was resolved; until then as it would be now. */
  recovery: Recovery;
  /** In the order in which they were started, those that put back included. */
  runs: RunRecord[];
  consents: Consented[];
  grants: Grant[];
  said: BroadcastRow[];
  promises: Promised[];
  guards: GuardRow[];
  reviews: ReviewRow[];
  escalation: EscalationRow | null;
  timeline: TimelineEntry[];
  /** What was due in the month that a record of routines is of; nothing of any other record. */
  scheduled: Occurrence[];
}

export interface RunRecord extends Evidence {
  /** The state that was read before each effect, by step. */
  sent: { [step: string]: SentEffect };
}

const dayMs = 86_400_000;

export interface Reading {
  home: Home;
  now: Date;
  simulated: boolean;
}

/** Null when there is no such incident. */
export async function readRecord(tx: Tx, incidentId: number, of: Reading): Promise<IncidentRecord | null> {
  const incident = await readIncident(tx, incidentId);
  if (!incident) return null;
  return {
    incident,
    ...of,
    recovery: (await readRecovery(tx, incidentId)) ?? (await measureRecovery(tx, incident, of.home)),
    runs: await readRuns(tx, incidentId),
    consents: await consentsIn(tx, incidentId),
    grants: await grantsIn(tx, incidentId),
    said: await broadcastsOf(tx, incidentId),
    promises: await promisedIn(tx, incidentId),
    guards: await guardsOf(tx, incidentId),
    reviews: await reviewsOf(tx, incidentId),
    escalation: await readEscalation(tx, incidentId),
    timeline: await readTimeline(tx, incidentId),
    scheduled: incident.kind === 'routine' ? await readScheduled(tx, incident, of.home) : [],
  };
}

/** A month of the system's own time zone, and not of UTC. */
async function readScheduled(tx: Tx, { declaredAt }: Incident, { timezone }: Home): Promise<Occurrence[]> {
  const around = (days: number): Date => new Date(declaredAt.getTime() + days * dayMs);
  const month = monthOf(declaredAt, timezone).number;
  const due = await occurrencesBetween(tx, around(-32), around(32));
  return due.filter(({ dueAt }) => monthOf(dueAt, timezone).number === month);
}

async function readRuns(tx: Tx, incidentId: number): Promise<RunRecord[]> {
  const found: RunRecord[] = [];
  for (const run of (await runsOf(tx, incidentId)).toReversed()) {
    const plan = await readPlan(tx, run.planId);
    if (!plan) continue;
    found.push({ run, plan, steps: await readSteps(tx, run.id), sent: await effectsIn(tx, run.id) });
  }
  return found;
}
