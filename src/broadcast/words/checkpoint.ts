import { nameOfPlan } from '../../domain/asked.ts';
import { isChecklist } from '../../domain/checklist.ts';
import { asAsked, instructionsOf, whoOf } from '../../domain/checkpoint.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Plan, PlannedStep } from '../../domain/plan.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readPlan } from '../../store/plans.ts';
import { readRun } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import { sayDuration } from '../templates/say-time.ts';
import { peopleOf, tellChecklist } from './checklist.ts';
import { named } from './named.ts';

/** Calls those who may answer to each checkpoint that a run has come to: once for each attempt of it. */
export async function tellCheckpoints(deps: WordsDeps, tx: Tx, incident: Incident, runId: string): Promise<void> {
  const run = await readRun(tx, runId);
  const plan = run && (await readPlan(tx, run.planId));
  const human = plan?.steps.filter((step) => step.kind === 'human') ?? [];
  if (!plan || human.length === 0) return;
  for (const { id, status, attempt, asked } of await readSteps(tx, runId)) {
    const approved = human.find((step) => step.id === id);
    const planned = approved && asAsked(approved, { asked });
    if (planned && isChecklist(planned)) await tellChecklist(deps, tx, incident, { runId, planned, status });
    else if (planned && status === 'running') await callTo(deps, tx, incident, { runId, plan, planned, attempt });
  }
}

async function callTo(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  { runId, plan, planned, attempt }: { runId: string; plan: Plan; planned: PlannedStep; attempt: number },
): Promise<void> {
  const text = deps.say('checkpoint', {
    ...named(incident),
    command: nameOfPlan(plan),
    step: planned.id,
    what: planned.title,
    instructions: instructionsOf(planned),
    within: sayDuration(planned.timeoutMs),
  });
  const who = whoOf(planned);
  const asked = [...(await peopleOf(deps, tx, incident, who)), ...(await peopleOf(deps, tx, incident, null))];
  const mention = [...new Set(asked.map(({ slack, person }) => slack ?? person))];
  await sayIn(deps, tx, {
    incidentId: incident.id,
    key: `checkpoint:${runId}:${planned.id}:${attempt}`,
    text,
    mention,
  });
}
