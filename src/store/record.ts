import type { Audience } from '../domain/audience.ts';
import type { SentEffect } from '../domain/contradictions.ts';
import type { Role } from '../domain/home.ts';
import type { Amendment } from '../domain/plan.ts';
import type { Tx } from '../domain/ports/store.ts';
import type { ConsentState } from '../domain/views.ts';

/** What an incident leaves to write its record from: reads only. */

export interface Promised {
  audience: Audience;
  madeAt: Date;
  promisedAt: Date;
  state: 'open' | 'kept' | 'broken' | 'released';
  endedAt: Date | null;
}

export async function promisedIn(tx: Tx, incidentId: number): Promise<Promised[]> {
  return tx.query<Promised>(
    `select audience, made_at as "madeAt", promised_at as "promisedAt", state, ended_at as "endedAt"
     from promise where incident_id = $1 order by promised_at, id`,
    [incidentId],
  );
}

export interface Grant {
  role: Role;
  person: string;
  by: string;
  at: Date;
}

/** Those who hold a role now, in the order in which they were given it. */
export async function grantsIn(tx: Tx, incidentId: number): Promise<Grant[]> {
  return tx.query<Grant>(
    `select role, person, granted_by as by, granted_at as at from incident_role
     where incident_id = $1 order by granted_at, role, person`,
    [incidentId],
  );
}

export interface Consented {
  id: string;
  command: string;
  purpose: 'run' | 'undo';
  amendment: Amendment | null;
  code: string;
  requestedBy: string;
  requestedAt: Date;
  needed: number;
  approvedBy: string[];
  state: ConsentState;
  glassBrokenBy: string | null;
  glassReason: string | null;
}

/** Every request for consent, in the order of asking. */
export async function consentsIn(tx: Tx, incidentId: number): Promise<Consented[]> {
  return tx.query<Consented>(
    `select c.id, p.command, p.document->>'purpose' as purpose, c.amendment, c.code, c.requested_by as "requestedBy",
       c.requested_at as "requestedAt", c.needed, c.state, c.glass_broken_by as "glassBrokenBy",
       c.glass_reason as "glassReason",
       array(select a.person from approval a where a.consent_id = c.id order by a.at, a.person) as "approvedBy"
     from consent c join plan p on p.id = c.plan_id
     where c.incident_id = $1 order by c.requested_at, c.id`,
    [incidentId],
  );
}

/** What each step of a run was about to do when its effect was sent, and what it gave: also by the return guard of its fence. */
export async function effectsIn(tx: Tx, runId: string): Promise<Record<string, SentEffect>> {
  const rows = await tx.query<SentEffect & { step: string }>(
    `select s.id as step, first.data->'captured' as captured, first.data->'planned'->'before' as before,
       last.data->'planned'->'after' as after, last.data->'planned'->'target' as target, s.output
     from step s,
       lateral (select data from step_fact f where f.run_id = s.run_id and f.fact = 'called'
         and f.step_id in (s.id, 'guard:guard_' || s.run_id || '_' || s.id) order by f.at limit 1) first,
       lateral (select data from step_fact f where f.run_id = s.run_id and f.fact = 'called'
         and f.step_id in (s.id, 'guard:guard_' || s.run_id || '_' || s.id) order by f.at desc limit 1) last
     where s.run_id = $1`,
    [runId],
  );
  return Object.fromEntries(rows.map(({ step, ...effect }) => [step, effect]));
}
