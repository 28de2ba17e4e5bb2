import type {
  DeleteResourcePolicyCommandInput,
  DeleteResourcePolicyCommandOutput,
  GetResourcePolicyCommandInput,
  GetResourcePolicyCommandOutput,
  PutResourcePolicyCommandInput,
  PutResourcePolicyCommandOutput,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { needTable } from './find.ts';
import { digest, type Policy, type Table } from './state.ts';

const named = (input: { ResourceArn: string | undefined }): string =>
  `dynamodb:${input.ResourceArn?.split(':table/')[1]}`;
const longest = 20_480;

export const policyOperations: Operations = {
  GetResourcePolicy: reading<GetResourcePolicyCommandInput, GetResourcePolicyCommandOutput>((scene, input) => {
    const found = needTable(scene, input.ResourceArn).policy.asked;
    return found ? { Policy: found.document, RevisionId: found.revision } : refuseAbsent(input.ResourceArn);
  }),
  PutResourcePolicy: effect<PutResourcePolicyCommandInput, PutResourcePolicyCommandOutput>(named, (scene, input) => {
    const table = needTable(scene, input.ResourceArn);
    const document = input.Policy ?? '';
    if (!Document.safeParse(parse(document)).success || document.length > longest) {
      refuse('ValidationException', 'Invalid policy document');
    }
    needRevision(table, input.ExpectedRevisionId, input.ResourceArn);
    const revision =
      table.policy.asked?.document === document
        ? table.policy.asked.revision
        : digest(`${table.id}/${scene.state.at}/${document}`);
    ask(scene, table, { document, revision });
    return { RevisionId: revision };
  }),
  DeleteResourcePolicy: effect<DeleteResourcePolicyCommandInput, DeleteResourcePolicyCommandOutput>(
    named,
    (scene, input) => {
      const table = needTable(scene, input.ResourceArn);
      needRevision(table, input.ExpectedRevisionId, input.ResourceArn);
      const { asked } = table.policy;
      ask(scene, table, null);
      return asked ? { RevisionId: asked.revision } : {};
    },
  ),
};

/** What is heeded: a change is shown sooner than it is. */
function policyInForce(state: State, { policy }: Table): Policy | null {
  return state.at < policy.until ? policy.before : policy.asked;
}

function ask({ state }: Scene, table: Table, asked: Policy | null): void {
  const before = policyInForce(state, table);
  table.policy = { asked, before, until: state.at + state.estate.dynamoDb.timings.policyMs };
}

function needRevision({ policy: { asked } }: Table, expected: string | undefined, arn: string | undefined): void {
  if (expected === undefined || expected === (asked?.revision ?? 'NO_POLICY')) return;
  refuseAbsent(arn);
}

function refuseAbsent(arn: string | undefined): never {
  refuse('PolicyNotFoundException', `Resource-based policy not found for the provided ResourceArn: ${arn}`);
}

const texts = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat());
const Statement = z.looseObject({
  Effect: z.enum(['Allow', 'Deny']),
  Principal: z.union([z.literal('*'), z.looseObject({ AWS: texts.optional() })]),
  Action: texts,
  Condition: z.looseObject({ ArnNotLike: z.record(z.string(), texts).optional() }).optional(),
});
const Document = z.looseObject({
  Statement: z.union([Statement.transform((one) => [one]), z.array(Statement).min(1)]),
});

/** Whether a statement in force refuses this principal's writes; conditions other than ArnNotLike are not weighed. */
export function deniesWrites(state: State, table: Table, principal: string): boolean {
  const found = policyInForce(state, table);
  const statements = found ? Document.parse(parse(found.document)).Statement : [];
  return statements.some(({ Effect, Principal, Action, Condition }) => {
    const everybody = Principal === '*' || (Principal.AWS ?? []).some((one) => one === '*' || one === principal);
    const writes = Action.some((action) => ['*', 'dynamodb:*', 'dynamodb:PutItem'].includes(action));
    const spared = Condition?.ArnNotLike?.['aws:PrincipalArn']?.includes(principal) === true;
    return Effect === 'Deny' && everybody && writes && !spared;
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
