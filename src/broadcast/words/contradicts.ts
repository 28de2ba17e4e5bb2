import { contradictions, netContradictions, sayContradictions } from '../../domain/contradictions.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readPlan } from '../../store/plans.ts';
import { effectsIn } from '../../store/record.ts';
import { runsOf } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import type { WordsDeps } from '../deps.ts';

/** Resources that one message names. */
const mostNamed = 12;

/** What the incident's runs together have left otherwise than infrastructure code has it; nothing when nothing is. */
export async function sayContradicts(deps: WordsDeps, tx: Tx, incident: Incident): Promise<string[]> {
  const runs = (await runsOf(tx, incident.id)).toReversed();
  const changes = [];
  for (const run of runs) {
    const plan = await readPlan(tx, run.planId);
    if (plan) changes.push(...contradictions(plan, await readSteps(tx, run.id), await effectsIn(tx, run.id)));
  }
  const said = sayContradictions(netContradictions(changes));
  if (said.length === 0) return [];
  const more = Math.max(0, said.length - mostNamed);
  return [deps.say('code-contradicts', { changes: said.slice(0, mostNamed), more })];
}
