import type { ActionInfo, Catalogue } from '../domain/action.ts';
import type { Command } from '../domain/command.ts';

/** An IAM policy document, as AWS writes it. */
interface Policy {
  Version: '2012-10-17';
  Statement: { Sid: string; Effect: 'Allow'; Action: string[]; Resource: '*'; Condition?: Condition }[];
}

type Condition = Record<string, Record<string, string | string[]>>;

/**
 * What would be a danger on everything is allowed under a condition alone: deleting, only what a run has made; changing
 * who may do what, only where the tag `muster:containable` says so; giving a role, only to services that actions give one.
 */
const guards: readonly { sid: string; is: RegExp; condition: Condition }[] = [
  {
    sid: 'MusterCleansUp',
    is: /^(cloudformation:DeleteStack|dynamodb:DeleteTable|lambda:DeleteFunction|rds:DeleteDBInstance)$/,
    condition: { Null: { 'aws:ResourceTag/muster:run': 'false' } },
  },
  {
    sid: 'MusterContains',
    is: /^iam:(DeleteRolePolicy|PutRolePolicy|UpdateAccessKey)$/,
    condition: { StringEquals: { 'aws:ResourceTag/muster:containable': 'true' } },
  },
  {
    sid: 'MusterPassesRoles',
    is: /^iam:PassRole$/,
    condition: {
      StringEquals: {
        'iam:PassedToService': ['ec2', 'ecs-tasks', 'lambda', 's3'].map((service) => `${service}.amazonaws.com`),
      },
    },
  },
];

interface Policies {
  plan_role: Policy;
  run_role: Policy;
}

/** What both roles of muster.yml are to be allowed. Resources are for the operator to narrow. */
export function iamPolicy(commands: readonly Command[], catalogue: Catalogue): Policies {
  const used = [...new Set(commands.flatMap((command) => command.steps.map((step) => step.uses)))];
  return policiesFor(used.flatMap((name) => catalogue.get(name) ?? []));
}

/** What the role for plans and the role for runs may do: no more than these actions use. */
export function policiesFor(actions: readonly ActionInfo[]): Policies {
  const reads = namesOf(actions.flatMap(({ iam }) => iam.read));
  const effects = namesOf(actions.flatMap(({ iam }) => [...iam.effect, ...(iam.asCaller ?? [])]));
  return {
    plan_role: policyOf({ MusterReads: reads }),
    run_role: policyOf({ MusterReads: reads, MusterEffects: effects }),
  };
}

function policyOf(statements: Record<string, string[]>): Policy {
  const Statement = Object.entries(statements)
    .filter(([, names]) => names.length > 0)
    .map(([Sid, Action]) => ({ Sid, Effect: 'Allow' as const, Action, Resource: '*' as const }));
  return { Version: '2012-10-17', Statement: Statement.flatMap(guarded) };
}

/** The statement, and beside it what of it is allowed under a condition alone. */
function guarded(statement: Policy['Statement'][number]): Policy['Statement'] {
  const apart = guards.flatMap(({ sid, is, condition }) => {
    const Action = statement.Action.filter((name) => is.test(name));
    return Action.length > 0 ? [{ ...statement, Sid: sid, Action, Condition: condition }] : [];
  });
  const Action = statement.Action.filter((name) => !guards.some(({ is }) => is.test(name)));
  return Action.length > 0 ? [{ ...statement, Action }, ...apart] : apart;
}

function namesOf(permissions: readonly string[]): string[] {
  return [...new Set(permissions)].sort();
}
