import type { Catalogue } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';
import type { JsonObject } from '../domain/json.ts';

/** Two policies: what planning reads, and what a run may do besides. Resources are for the operator to narrow. */
export function iamPolicy(
  commands: readonly Command[],
  catalogue: Catalogue,
): { plan_role: JsonObject; run_role: JsonObject } {
  const used = [...new Set(commands.flatMap((command) => command.steps.map((step) => step.uses)))];
  const actions = used.flatMap((name) => catalogue.get(name) ?? []);
  const read = sorted(actions.flatMap((action) => action.iam.read));
  const effect = sorted(actions.flatMap((action) => action.iam.effect));
  return { plan_role: policy({ Read: read }), run_role: policy({ Read: read, Effect: effect }) };
}

function policy(statements: Record<string, string[]>): JsonObject {
  const Statement = Object.entries(statements)
    .filter(([, Action]) => Action.length > 0)
    .map(([Sid, Action]) => ({ Sid: `Muster${Sid}`, Effect: 'Allow', Action, Resource: '*' }));
  return { Version: '2012-10-17', Statement };
}

function sorted(permissions: readonly string[]): string[] {
  return [...new Set(permissions)].sort();
}
