import { type AddPermissionCommandInput, GetPolicyCommand } from '@aws-sdk/client-lambda';
import stringify from 'safe-stable-stringify';
import { z } from 'zod';
import { SavedStatement } from '../../domain/function-backup.ts';
import type { KitContext } from '../kit/context.ts';
import { mapReading, orAbsent, type Reading, reading, stated } from '../kit/reading.ts';
import { type FunctionRef, nameFunction } from './function.ts';
import { parseJson } from './parse.ts';

const Statements = z.object({ Statement: z.array(SavedStatement) });

/** Who may call it: the statements of its own policy, none where it has none. */
export async function readPolicy(ref: FunctionRef, ctx: KitContext): Promise<Reading<SavedStatement[]>> {
  const read = await reading(`policy of the ${nameFunction(ref)}`, async () => {
    const { Policy } = await ctx.aws.lambda(ref.region).send(new GetPolicyCommand({ FunctionName: ref.function }));
    const parsed = Statements.safeParse(parseJson(stated(Policy, 'the policy')));
    return stated(parsed.data, 'statements').Statement;
  });
  return mapReading(orAbsent(read), (statements) => statements ?? []);
}

const Grant = z.object({
  Sid: z.string(),
  Action: z.string(),
  Principal: z.union([z.object({ Service: z.string() }), z.object({ AWS: z.string() }), z.string()]),
  Condition: z
    .object({
      ArnLike: z.object({ 'AWS:SourceArn': z.string() }).optional(),
      StringEquals: z.object({ 'AWS:SourceAccount': z.string() }).optional(),
    })
    .strict()
    .optional(),
});

type Permission = Omit<AddPermissionCommandInput, 'FunctionName'>;

/** The request that makes such a statement; undefined for one that no request of this kind makes. */
export function permissionFor(statement: SavedStatement): Permission | undefined {
  const grant = Grant.safeParse(statement).data;
  if (!grant) return undefined;
  const { Sid, Action, Principal, Condition } = grant;
  const who = typeof Principal === 'string' ? Principal : 'Service' in Principal ? Principal.Service : Principal.AWS;
  const arn = Condition?.ArnLike?.['AWS:SourceArn'];
  const account = Condition?.StringEquals?.['AWS:SourceAccount'];
  return {
    StatementId: Sid,
    Action,
    Principal: who,
    ...(arn === undefined ? {} : { SourceArn: arn }),
    ...(account === undefined ? {} : { SourceAccount: account }),
  };
}

/** Whether two statements let the same caller in. */
export function isSameCaller(one: SavedStatement, other: SavedStatement): boolean {
  const [ours, theirs] = [permissionFor(one), permissionFor(other)];
  return ours !== undefined && theirs !== undefined && stringify(ours) === stringify(theirs);
}
