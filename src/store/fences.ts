import type { JsonObject } from '../domain/json.ts';
import type { Tx } from '../domain/ports/store.ts';

/** Something that a run has fenced, and that nothing has lifted since. */
export interface Fence {
  runId: string;
  command: string;
  account: string | null;
  region: string;
  /** `ecs:prod-cluster/app-service`. */
  resource: string;
  services: string[];
  uses: string;
  after: JsonObject;
  binds: string[];
  /** When it was seen to be fenced. */
  at: Date;
  /** What its run was seen to promote, until a later run has brought up again what is fenced: `rds:dr-database in us-west-2`. */
  promoted: string[];
  /**
   * Whether nothing is known that may have let writers in since: no effect on it or for its services but other fences and
   * what changes nothing that was there, no plan that did not find it fenced, and its incident is not over.
   */
  unbroken: boolean;
}

/**
 * Fences that stand, the oldest first: seen to be done by a run, or later by the return guard of that run; neither put back
 * by its undo, nor behind a later verified move of its services back to the fenced Region.
 */
export async function standingFences(tx: Tx): Promise<Fence[]> {
  return tx.query<Fence>(
    `with used as (
       select run.id as run_id, run.purpose, run.command, run.started_at, plan.document->>'undoes' as undoes,
         plan.document->>'account' as account, planned, step.id, step.status, step.output, step.effect_sent,
         coalesce(guard.ended_at, step.ended_at) as ended_at, guard.state as guard, coalesce(incident.resolved_at, incident.closed_at) as over_at
       from run join plan on plan.id = run.plan_id join incident on incident.id = run.incident_id
         cross join lateral jsonb_array_elements(plan.document->'steps') as planned
         join step on step.run_id = run.id and step.id = planned->>'id'
         left join return_guard guard on guard.run_id = run.id and guard.step_id = step.id
     )
     select f.run_id as "runId", f.command, f.account, f.planned->'target'->>'region' as region,
       f.planned->'target'->>'resource' as resource, f.planned->'services' as services, f.planned->>'uses' as uses,
       f.planned->'after' as after, f.planned->'binds' as binds, f.ended_at as at,
       array(select (p.planned->'target'->>'resource') || ' in ' || (p.planned->'target'->>'region') from used p
         where p.run_id = f.run_id and p.planned->>'risk' = 'irreversible' and p.status in ('done', 'unchanged')
           and p.planned->'target'->>'resource' is not null
           and not exists (select from used u
             where u.started_at > f.started_at and u.status in ('done', 'unchanged') and u.planned->>'fence' = 'false'
               and u.planned->>'risk' <> 'read' and u.planned->'target' = f.planned->'target'
               and u.account is not distinct from f.account)) as promoted,
       f.over_at is null
         and not exists (select from used u
           where u.effect_sent and (u.run_id, u.id) <> (f.run_id, f.id)
             and coalesce(u.ended_at, 'infinity') > f.ended_at
             and u.planned->>'risk' <> 'read' and u.planned->>'keeps' is distinct from 'true'
             and (u.planned->'target' = f.planned->'target'
               or u.planned->'target' = 'null' and u.planned->'uses' = f.planned->'uses'
               or u.planned->>'fence' = 'false' and (u.planned->'services' = '[]' or f.planned->'services' = '[]' or
                 u.planned->'services' ?| array(select jsonb_array_elements_text(f.planned->'services')))))
         and not exists (select from plan p cross join lateral jsonb_array_elements(p.document->'steps') as seen
           where p.made_at > f.ended_at and seen->>'fence' = 'true' and seen->>'noChange' = 'false'
             and seen->>'uses' = f.planned->>'uses' and seen->'target' = f.planned->'target') as unbroken
     from used f
     where f.purpose = 'run' and f.planned->>'fence' = 'true' and f.planned->'target'->>'resource' is not null
       and (f.status in ('done', 'unchanged') or f.guard = 'fenced')
       and not exists (select from used u
         where u.undoes = f.run_id and u.id = f.id and u.status in ('done', 'unchanged'))
       and not exists (select from used t
         where t.started_at > f.started_at and t.planned->>'traffic' <> 'none' and t.status in ('done', 'unchanged')
           and t.output->>'region' = f.planned->'target'->>'region'
           and t.planned->'services' ?| array(select jsonb_array_elements_text(f.planned->'services')))
     order by f.ended_at, f.run_id`,
  );
}
