import { ListAccessKeysCommand, UpdateAccessKeyCommand } from '@aws-sdk/client-iam';
import { z } from 'zod';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, label } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, type Reading, reading, stated } from '../kit/reading.ts';

const status = z.enum(['Active', 'Inactive']);
type Status = z.output<typeof status>;

const Input = z.strictObject({
  user: label.describe('IAM user that the key belongs to.'),
  access_key: z
    .string()
    .regex(/^AKIA[A-Z0-9]{12,124}$/, "expected an access key's id such as AKIAIOSFODNN7EXAMPLE, never its secret")
    .describe('Id of the access key.'),
  status: status.default('Inactive').describe('Inactive: every request that it signs is refused.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({ status: status.describe('What the key is now.') });

export const disableAccessKey = defineEffect({
  name: 'iam.disable-access-key',
  version: 1,
  summary: "Disable a user's access key",
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant, status }),
  receipt: z.strictObject({ at: instant }),
  binds: ['access_key', 'status'],
  checks: ['the user has this key'],
  iam: { read: ['iam:ListAccessKeys'], effect: ['iam:UpdateAccessKey'] },
  plane: { kind: 'control', region: 'us-east-1' },
  undo: { possible: true, how: 'Makes the key active again if it was.' },
  defaultTimeout: '5m',
  async plan(input, ctx) {
    const key = await readKey(input, ctx);
    const { user, access_key, status: wanted } = input;
    const question: Question = { id: 'key', title: 'key is there', expected: `a key of ${user}`, carry: 'never' };
    const sessions = wanted === 'Inactive' ? { sessions: 'those that were begun with it work until they expire' } : {};
    return {
      target: { region: 'us-east-1', resource: `iam:user/${user}/${access_key}` },
      before: { user, access_key, ...(key.ok ? { status: key.value } : {}) },
      after: { user, access_key, status: wanted, ...sessions },
      noChange: key.ok && key.value === wanted,
      checks: [judgeReading(question, key, (found) => ({ pass: true, found }))],
      estimateMs: usual.instant,
    };
  },
  async capture(input, ctx) {
    return { at: ctx.clock.now().toISOString(), status: need(await readKey(input, ctx)) };
  },
  async apply(input, _sent, ctx) {
    const at = ctx.clock.now().toISOString();
    const { user: UserName, access_key: AccessKeyId, status: Status } = input;
    const command = new UpdateAccessKeyCommand({ UserName, AccessKeyId, Status });
    await effect(`Change of the ${nameKey(input)}`, () => ctx.aws.iam().send(command));
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const key = await readKey(input, ctx);
    if (!key.ok) return unknowable(key);
    return key.value === input.status ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const key = await readKey(input, ctx);
    if (!key.ok && key.fault === 'not-found') return { state: 'failed', why: key.sentence, cause: key.fault };
    if (!key.ok) return notSeen(key, pace.service);
    if (key.value === input.status) return { state: 'done', output: { status: key.value } };
    return { state: 'working', progress: `the key is ${key.value}`, againInMs: pace.service };
  },
  restore: (input, captured) => ({ ...input, status: captured.status }),
});

function nameKey({ user, access_key: key }: In): string {
  return `access key ${key} of IAM user ${user}`;
}

function readKey(input: In, ctx: KitContext): Promise<Reading<Status>> {
  return reading(nameKey(input), async () => {
    let marker: string | undefined;
    do {
      const command = new ListAccessKeysCommand({ UserName: input.user, Marker: marker });
      const page = await ctx.aws.iam().send(command);
      const keys = stated(page.AccessKeyMetadata, 'the keys');
      const key = keys.find(({ AccessKeyId: id }) => stated(id, 'the id of a key') === input.access_key);
      if (key) return status.parse(stated(key.Status, 'the status of the key'));
      marker = page.Marker;
    } while (marker);
    throw Object.assign(new Error('no such key'), { name: 'NoSuchEntityException' });
  });
}
