import { z } from 'zod';
import type { JsonObject } from '../../domain/json.ts';
import type { Policy } from './policy.ts';

const sid = 'MusterDenyWrites';

/** Every way to change items; batches and transactions are allowed by these. */
const writes = [
  'BatchWriteItem',
  'DeleteItem',
  'PartiQLDelete',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PutItem',
  'UpdateItem',
]
  .map((name) => `dynamodb:${name}`)
  .sort();

const texts = z.union([z.string(), z.array(z.string())]).transform((one) => [one].flat().sort());
const Standing = z.looseObject({
  Sid: z.literal(sid),
  Effect: z.literal('Deny'),
  Principal: z.union([z.literal('*'), z.strictObject({ AWS: z.union([z.literal('*'), z.tuple([z.literal('*')])]) })]),
  Action: texts,
  Resource: texts,
  Condition: z.strictObject({ ArnNotLike: z.strictObject({ 'aws:PrincipalArn': texts }) }).optional(),
});

/** Refuses writes to everybody, whatever else allows them, but these principals. It denies nothing that takes it back. */
function denyStatement(arn: string, except: readonly string[]): JsonObject {
  const spared = { Condition: { ArnNotLike: { 'aws:PrincipalArn': [...except].sort() } } };
  return {
    Sid: sid,
    Effect: 'Deny',
    Principal: '*',
    Action: writes,
    Resource: arn,
    ...(except.length === 0 ? {} : spared),
  };
}

/** Who may write all the same while writes are denied; null while they are not, or not whole. */
export function sparedBy(policy: Policy | null, arn: string): string[] | null {
  for (const statement of policy?.statements ?? []) {
    const { data } = Standing.safeParse(statement);
    if (data?.Resource.includes(arn) && writes.every((action) => data.Action.includes(action))) {
      return data.Condition?.ArnNotLike['aws:PrincipalArn'] ?? [];
    }
  }
  return null;
}

/** The policy with its own statements, and the one that denies writes. */
export function withDeny(policy: Policy | null, arn: string, except: readonly string[]): Policy {
  const { version = '2012-10-17', id, statements = [] } = policy ?? {};
  return { version, id, statements: [...statements.filter((one) => !isOurs(one)), denyStatement(arn, except)] };
}

/** The policy with its own statements alone; null where it has none. */
export function withoutDeny(policy: Policy | null): Policy | null {
  const statements = policy?.statements.filter((one) => !isOurs(one)) ?? [];
  return policy && statements.length > 0 ? { version: policy.version, id: policy.id, statements } : null;
}

function isOurs(statement: JsonObject): boolean {
  return statement.Sid === sid;
}
