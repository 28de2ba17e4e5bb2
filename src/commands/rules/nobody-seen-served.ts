import { ancestorsOf } from '../../domain/graph.ts';
import { showsHealth } from '../../domain/health.ts';
import { needsOf } from '../graph.ts';
import { type Draft, movesTraffic } from '../lint/draft.ts';
import { isEffect } from './effects.ts';
import type { Rule } from './rule.ts';
import { healthyStep, scaleStep } from './samples.ts';

export const nobodySeenServed: Rule = {
  name: 'nobody-seen-served',
  why: 'A recovery after which no step looks whether people are served has shown nothing: the incident stays recovering, and its RTO is not observed.',
  wrong: `
scenario: service-outage
steps:
${healthyStep}
${scaleStep}`,
  right: `
scenario: service-outage
steps:
${scaleStep}
${healthyStep}`,
  look: (draft) => {
    const { purpose, scenario, steps } = draft.command;
    if (purpose !== 'recovery' || scenario === undefined) return [];
    const moves = steps.filter(({ uses }) => movesTraffic(draft, uses));
    const changes = moves.length > 0 ? moves : steps.filter((step) => restores(draft, step));
    const last = changes.at(-1);
    if (last === undefined) return [];
    const needs = needsOf(steps);
    const moved = moves.length > 0;
    const checks = steps.filter(({ uses }) => showsHealth(uses, moved)).map(({ id }) => ancestorsOf(id, needs));
    if (checks.some((before) => changes.some(({ id }) => before.has(id)))) return [];
    const message = `after ${last.id} no step looks whether people are served: let a check such as http.check need it`;
    return [draft.places.fault(['steps', steps.indexOf(last), 'id'], message)];
  },
};

/** What only stops or keeps something brings nobody back: that is another command's. */
function restores(draft: Draft, { uses, fence, always }: { uses: string; fence: boolean; always: boolean }): boolean {
  return isEffect(draft, uses) && !fence && !always && draft.catalogue.get(uses)?.undo.keeps !== true;
}
