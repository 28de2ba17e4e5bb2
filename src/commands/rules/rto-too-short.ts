import { durationMs } from '../../domain/duration.ts';
import { criticalPath } from '../../domain/graph.ts';
import { inMode, keepSteps } from '../effective-needs.ts';
import type { Draft } from '../lint/draft.ts';
import { nearestObjective } from './objective.ts';
import type { Finding, Rule } from './rule.ts';

const minute = 60_000;

/** A recovery of two steps, the longer one with this line of its own. */
const recovery = (needs: string): string => `
objectives: { rto: 1h }
steps:
  - id: replica
    uses: rds.check-replica
    expect: 15m
    with: { region: us-west-2, instance: dr-database, max_lag: 15m }
  - id: checked
    uses: manual.checkpoint
${needs}    expect: 50m
    timeout: 2h
    with: { instructions: "Is the data as it should be?" }`;

export const rtoTooShort: Rule = {
  name: 'rto-too-short',
  why: 'The steps that wait for one another take, by their own `expect`, longer than the recovery may. A step without `expect` counts as no time, and a `timeout` is no estimate.',
  wrong: recovery(''),
  right: recovery('    needs: []\n'),
  look: (draft) => {
    const rto = nearestObjective(draft, 'rto');
    if (rto === null) return [];
    const chains = draft.command.modes.map((mode) => longestChain(draft, (step) => inMode(step, mode)));
    const worst = chains.toSorted((a, b) => b.ms - a.ms)[0];
    return worst && worst.ms > durationMs(rto) ? [findingOf(draft, rto, worst)] : [];
  },
};

type Chain = ReturnType<typeof criticalPath>;

function longestChain({ command }: Draft, stays: Parameters<typeof keepSteps>[1]): Chain {
  const steps = keepSteps(command.steps, stays).filter((step) => !step.always);
  return criticalPath(steps.map(({ id, needs, expect }) => ({ id, needs, ms: expect ? durationMs(expect) : 0 })));
}

/** At the step with which the objective is missed. */
function findingOf(draft: Draft, rto: string, { ms, path }: Chain): Finding {
  const steps = draft.command.steps;
  let sum = 0;
  const late = path.find((id) => {
    const expect = steps.find((step) => step.id === id)?.expect;
    sum += expect ? durationMs(expect) : 0;
    return sum > durationMs(rto);
  });
  const index = steps.findIndex((step) => step.id === late);
  const message = `${path.join(' → ')} take ${Math.round(ms / minute)} minutes one after another, and the RTO is ${rto}: let what can begin earlier begin earlier (needs), or change the objective`;
  return draft.places.fault(['steps', Math.max(0, index), 'expect'], message);
}
