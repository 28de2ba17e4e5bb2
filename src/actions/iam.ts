import type { ActionInfo } from '../domain/action.ts';

/** An IAM policy document, as AWS writes it. */
export interface Policy {
  Version: '2012-10-17';
  Statement: { Sid: string; Effect: 'Allow'; Action: string[]; Resource: '*' }[];
}

/** What the role for plans and the role for runs may do: no more than these actions use. */
export function policiesFor(actions: readonly ActionInfo[]): { plan: Policy; run: Policy } {
  const reads = namesOf(actions.flatMap(({ iam }) => iam.read));
  const effects = namesOf(actions.flatMap(({ iam }) => iam.effect));
  return {
    plan: policyOf({ MusterReads: reads }),
    run: policyOf({ MusterReads: reads, MusterEffects: effects }),
  };
}

function policyOf(statements: Record<string, string[]>): Policy {
  const Statement = Object.entries(statements)
    .filter(([, names]) => names.length > 0)
    .map(([Sid, Action]) => ({ Sid, Effect: 'Allow' as const, Action, Resource: '*' as const }));
  return { Version: '2012-10-17', Statement };
}

function namesOf(permissions: readonly string[]): string[] {
  return [...new Set(permissions)].sort();
}
