import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { orAbsent, type Reading, reading, stated } from '../kit/reading.ts';

/** The document that this action writes, and reads back: any other under its name is somebody else's. */
const Document = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z.tuple([
    z.object({
      Effect: z.literal('Deny'),
      Action: z.literal('*'),
      Resource: z.literal('*'),
      Condition: z.object({ DateLessThan: z.object({ 'aws:TokenIssueTime': z.iso.datetime() }) }),
    }),
  ]),
});

export interface PolicyRef {
  role: string;
  policy: string;
}

/** What a policy of that name does: nothing (it is absent), or refuse sessions begun before an instant, or something else. */
export type Revocation = { state: 'absent' } | { state: 'revoked'; before: string } | { state: 'foreign' };

export function nameRole(role: string): string {
  return `IAM role ${role}`;
}

export function readRole(role: string, ctx: KitContext): Promise<Reading<string>> {
  return reading(nameRole(role), async () => {
    const { Role } = await ctx.aws.iam().send(new GetRoleCommand({ RoleName: role }));
    return stated(Role?.Arn, 'an ARN');
  });
}

/** A role without this policy and a role that does not exist answer alike: read the role too. */
export async function readRevocation({ role, policy }: PolicyRef, ctx: KitContext): Promise<Reading<Revocation>> {
  const read = await reading(`policy ${policy} of ${nameRole(role)}`, async () => {
    const found = await ctx.aws.iam().send(new GetRolePolicyCommand({ RoleName: role, PolicyName: policy }));
    return stated(found.PolicyDocument, 'a document');
  });
  const document = orAbsent(read);
  if (!document.ok) return document;
  return { ok: true, value: document.value === undefined ? { state: 'absent' } : revocationOf(document.value) };
}

/** IAM gives documents back URL-encoded. */
function revocationOf(text: string): Revocation {
  const parsed = Document.safeParse(parseJson(decode(text)));
  if (!parsed.success) return { state: 'foreign' };
  return { state: 'revoked', before: parsed.data.Statement[0].Condition.DateLessThan['aws:TokenIssueTime'] };
}

export async function putRevocation({ role, policy }: PolicyRef, before: string, ctx: KitContext): Promise<void> {
  const Condition = { DateLessThan: { 'aws:TokenIssueTime': before } };
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition }] };
  const command = new PutRolePolicyCommand({
    RoleName: role,
    PolicyName: policy,
    PolicyDocument: JSON.stringify(document),
  });
  await effect(`Revoking the sessions of ${nameRole(role)}`, () => ctx.aws.iam().send(command));
}

export async function deleteRevocation({ role, policy }: PolicyRef, ctx: KitContext): Promise<void> {
  const command = new DeleteRolePolicyCommand({ RoleName: role, PolicyName: policy });
  await effect(`Removing policy ${policy} of ${nameRole(role)}`, async () => {
    try {
      await ctx.aws.iam().send(command);
    } catch (error) {
      if (!(error instanceof Error) || !/^NoSuchEntity/.test(error.name)) throw error;
    }
  });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
