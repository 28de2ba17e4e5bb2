import {
  DeleteResourcePolicyCommand,
  GetResourcePolicyCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-dynamodb';
import stringify from 'safe-stable-stringify';
import { z } from 'zod';
import { Json, type JsonObject } from '../../domain/json.ts';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { sendOnce } from '../kit/send-once.ts';
import { nameTable, type SeenTable, type TableRef } from './table.ts';

const Statement = z.record(z.string(), Json);
const Document = z
  .looseObject({
    Version: z.string().default('2012-10-17'),
    Id: z.string().optional(),
    Statement: z.union([Statement.transform((one) => [one]), z.array(Statement)]),
  })
  .transform(({ Version, Id, Statement }) => ({ version: Version, id: Id, statements: Statement }));

/** A table's resource policy. */
export interface Policy {
  version: string;
  id?: string | undefined;
  statements: JsonObject[];
}

export interface SeenPolicy extends Policy {
  revision: string;
}

/** Undefined for what is no policy. */
export function parsePolicy(text: string): Policy | undefined {
  try {
    return Document.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export function writePolicy({ version, id, statements }: Policy): string {
  return JSON.stringify({ Version: version, ...(id === undefined ? {} : { Id: id }), Statement: statements });
}

export function isSamePolicy(one: Policy | null, other: Policy | null): boolean {
  return stringify(one?.statements ?? null) === stringify(other?.statements ?? null);
}

/** The table's policy, or null. A change is shown soon after it was made, and heeded some seconds later. */
export function readPolicy(
  ref: TableRef,
  { TableArn }: SeenTable,
  ctx: KitContext,
): Promise<Reading<SeenPolicy | null>> {
  return reading(`resource policy of the ${nameTable(ref)}`, async () => {
    try {
      const answer = await ctx.aws.dynamoDb(ref.region).send(new GetResourcePolicyCommand({ ResourceArn: TableArn }));
      const revision = stated(answer.RevisionId, 'its revision');
      return { ...stated(parsePolicy(stated(answer.Policy, 'the policy')), 'what a policy has'), revision };
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  });
}

/** Puts a policy, or takes it away, unless somebody has changed it since it was read. */
export async function sendPolicy(
  ref: TableRef & { arn: string },
  { before, wanted }: { before: SeenPolicy | null; wanted: Policy | null },
  ctx: KitContext,
): Promise<void> {
  const dynamoDb = ctx.aws.dynamoDb(ref.region);
  const at = { ResourceArn: ref.arn, ExpectedRevisionId: before?.revision ?? 'NO_POLICY' };
  const sending = async (): Promise<void> => {
    if (wanted) await dynamoDb.send(sendOnce(new PutResourcePolicyCommand({ ...at, Policy: writePolicy(wanted) })));
    else if (before) await dynamoDb.send(sendOnce(new DeleteResourcePolicyCommand(at)));
  };
  await effect(`Change of the resource policy of the ${nameTable(ref)}`, () => sending().catch(sayChanged));
}

/** AWS calls a policy of another revision not found. */
function sayChanged(error: unknown): never {
  if (!isAbsent(error)) throw error;
  throw new Error('The resource policy was changed by somebody else since it was read: nothing was sent. Try again.');
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && error.name === 'PolicyNotFoundException';
}
