import type { Step } from '../../domain/command.ts';
import type { Json } from '../../domain/json.ts';
import { type Draft, eachStep } from '../lint/draft.ts';
import type { Rule } from './rule.ts';
import { knownField } from './values.ts';

/** How something is stopped by an action that also starts it: the field, its value, and what tells two things apart. */
const stops: Record<string, { field: string; stopped: Json; same: readonly string[] }> = {
  'ecs.scale-service': { field: 'count', stopped: 0, same: ['cluster', 'service'] },
  'lambda.set-concurrency': { field: 'reserved', stopped: 0, same: ['function'] },
  'lambda.toggle-event-source': { field: 'enabled', stopped: false, same: ['function', 'source'] },
};

const stopped = `\
steps:
  - id: stop
    uses: ecs.scale-service
    with: { region: us-east-1, cluster: prod-cluster, service: app-service, count: 0 }
  - id: whole
    uses: sql.assert
    with: { connection: "env:SHOP_DB", query: select 1 as one, expect: { one: 1 } }`;

export const stoppedForGood: Rule = {
  name: 'stopped-for-good',
  why: 'What a command stops and nothing in it starts again stays stopped once the run has succeeded. What is meant to stay so is a fence.',
  wrong: `
${stopped}`,
  right: `
${stopped}
  - id: start
    uses: ecs.scale-service
    with: { region: us-east-1, cluster: prod-cluster, service: app-service, count: 4 }`,
  look: (draft) =>
    eachStep(draft, (step, path) => {
      const stop = stops[step.uses];
      if (!stop || step.fence || !isStopped(draft, step)) return [];
      const same = (other: Step): boolean => stop.same.every((name) => text(other, name) === text(step, name));
      const others = draft.command.steps.filter((other) => other.uses === step.uses && same(other));
      if (others.some((other) => !isStopped(draft, other))) return [];
      const message = `${step.id} stops what no step starts again: add the step that does, or say fence: true where it is to stay so`;
      return [draft.places.fault([...path, 'with', stop.field], message)];
    }),
};

function isStopped(draft: Draft, step: Step): boolean {
  const stop = stops[step.uses];
  return stop !== undefined && knownField(draft, step, stop.field) === stop.stopped;
}

function text(step: Step, field: string): string {
  return JSON.stringify(step.with[field] ?? null);
}
