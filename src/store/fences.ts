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
}

/**
 * Fences that stand: seen to be done by a run, or later by the return guard of that run; neither put back by its undo,
 * nor behind a later verified move of its services back to the fenced Region.
 */
export async function standingFences(tx: Tx): Promise<Fence[]> {
  return tx.query<Fence>(
    `with used as (
       select run.id as run_id, run.purpose, run.command, run.started_at, plan.document->>'undoes' as undoes,
         plan.document->>'account' as account, planned, step.id, step.status, step.output, step.ended_at
       from run join plan on plan.id = run.plan_id
         cross join lateral jsonb_array_elements(plan.document->'steps') as planned
         join step on step.run_id = run.id and step.id = planned->>'id'
     )
     select f.run_id as "runId", f.command, f.account, f.planned->'target'->>'region' as region,
       f.planned->'target'->>'resource' as resource, f.planned->'services' as services, f.planned->>'uses' as uses,
       f.planned->'after' as after, f.planned->'binds' as binds, coalesce(guard.ended_at, f.ended_at) as at,
       array(select (p.planned->'target'->>'resource') || ' in ' || (p.planned->'target'->>'region') from used p
         where p.run_id = f.run_id and p.planned->>'risk' = 'irreversible' and p.status in ('done', 'unchanged')
           and p.planned->'target'->>'resource' is not null
           and not exists (select from used u
             where u.started_at > f.started_at and u.status in ('done', 'unchanged') and u.planned->>'fence' = 'false'
               and u.planned->>'risk' <> 'read' and u.planned->'target' = f.planned->'target'
               and u.account is not distinct from f.account)) as promoted
     from used f left join return_guard guard on guard.run_id = f.run_id and guard.step_id = f.id
     where f.purpose = 'run' and f.planned->>'fence' = 'true' and f.planned->'target'->>'resource' is not null
       and (f.status in ('done', 'unchanged') or guard.state = 'fenced')
       and not exists (select from used u
         where u.undoes = f.run_id and u.id = f.id and u.status in ('done', 'unchanged'))
       and not exists (select from used t
         where t.started_at > f.started_at and t.planned->>'traffic' <> 'none' and t.status in ('done', 'unchanged')
           and t.output->>'region' = f.planned->'target'->>'region'
           and t.planned->'services' ?| array(select jsonb_array_elements_text(f.planned->'services')))
     order by coalesce(guard.ended_at, f.ended_at), f.run_id`,
  );
}
