import { type DBInstance, DeleteDBInstanceCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, label, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, orAbsent } from '../kit/reading.ts';
import { checkDeletable, checkOwned, isOwned, notOurs } from './delete-checks.ts';
import { type InstanceRef, nameInstance, readInstance, statusOf } from './instance.ts';
import { longest, madeName, suffix } from './made.ts';

const Input = z
  .strictObject({
    region: region.describe("The instance's Region."),
    instance: label.optional().describe('DB instance identifier, as the step that made it gave it.'),
    made_from: label
      .optional()
      .describe('Instead of instance: the instance that the run made it of, for a step that runs whatever happened.'),
    suffix: suffix.optional().describe('Beside made_from: the suffix that it was made with.'),
  })
  .refine((input) => (input.instance === undefined) !== (input.made_from === undefined), {
    error: 'expected either instance, or made_from with suffix',
    path: ['instance'],
  })
  .refine((input) => (input.made_from === undefined) === (input.suffix === undefined), {
    error: 'expected suffix beside made_from, and only there',
    path: ['suffix'],
  });
type In = z.output<typeof Input>;

const Output = z.strictObject({ instance: z.string().describe('DB instance identifier of what is gone.') });
const Captured = z.strictObject({ at: instant, arn: z.string().nullable(), status: z.string().nullable() });
const Receipt = z.strictObject({ at: instant, instance: z.string() });

export const deleteInstance = defineEffect({
  name: 'rds.delete-instance',
  version: 1,
  summary: 'Delete a DB instance that this run has restored, with its automated backups',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['instance', 'made_from', 'suffix'],
  checks: [
    'the instance bears the tag and the name of this run: one that has taken another name is not deleted',
    'it is not being created, and its deletion protection is off',
  ],
  iam: { read: ['rds:DescribeDBInstances'], effect: ['rds:DeleteDBInstance'] },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, keeps: true, how: 'Only what this run has made is deleted, so nothing is put back.' },
  defaultTimeout: '30m',
  async plan(input, ctx) {
    const ref = refOf(input, ctx);
    const read = orAbsent(await readInstance(ref, ctx));
    const gone = read.ok && read.value === undefined;
    const { instance = null, made_from = null, suffix: what = null } = input;
    const asked = { instance, made_from, suffix: what };
    return {
      target: { region: input.region, resource: `rds:${instance ?? `${made_from}-${what}`}` },
      before: { ...asked, status: read.ok ? (read.value ? statusOf(read.value) : 'gone') : null },
      after: { ...asked, status: 'gone' },
      // Before its run there is nothing yet of what the run will have made by then.
      noChange: gone && isRun(ctx),
      checks: gone ? [] : [checkOwned(ref, read, ctx), checkDeletable(read)],
      estimateMs: usual.minutes,
    };
  },
  async capture(input, ctx) {
    const there = await readOurs(refOf(input, ctx), ctx);
    const at = ctx.clock.now().toISOString();
    return { at, arn: there?.DBInstanceArn ?? null, status: there ? statusOf(there) : null };
  },
  async apply(input, _sent, ctx) {
    const ref = refOf(input, ctx);
    const there = await readOurs(ref, ctx);
    const at = ctx.clock.now().toISOString();
    if (there && statusOf(there) !== 'deleting') {
      const command = new DeleteDBInstanceCommand({
        DBInstanceIdentifier: ref.instance,
        SkipFinalSnapshot: true,
        DeleteAutomatedBackups: true,
      });
      await effect(`Deletion of the ${nameInstance(ref)}`, () => ctx.aws.rds(input.region).send(command));
    }
    return { at, instance: ref.instance };
  },
  async lookup(input, { captured }, ctx) {
    const ref = refOf(input, ctx);
    const read = orAbsent(await readInstance(ref, ctx));
    if (!read.ok) return unknowable(read);
    const isGoing = read.value === undefined || statusOf(read.value) === 'deleting';
    return isGoing ? { happened: true, receipt: { at: captured.at, instance: ref.instance } } : { happened: false };
  },
  unchanged: (input, ctx) => ({ at: ctx.clock.now().toISOString(), instance: refOf(input, ctx).instance }),
  async observe(input, { instance }, ctx) {
    const ref = { region: input.region, instance };
    const read = orAbsent(await readInstance(ref, ctx));
    if (!read.ok) return notSeen(read, pace.database);
    if (read.value === undefined) return { state: 'done', output: { instance } };
    return { state: 'working', progress: statusOf(read.value), againInMs: pace.database };
  },
  restore: () => null,
});

function refOf({ region: home, instance, made_from = '', suffix: what = '' }: In, ctx: KitContext): InstanceRef {
  return { region: home, instance: instance ?? madeName({ instance: made_from, suffix: what }, ctx, longest.instance) };
}

function isRun({ owner }: Pick<KitContext, 'owner'>): boolean {
  return owner.startsWith('run_');
}

/** Read once more where it counts: just before it is deleted. */
async function readOurs(ref: InstanceRef, ctx: KitContext): Promise<DBInstance | undefined> {
  const there = need(orAbsent(await readInstance(ref, ctx)));
  if (there && !isOwned(ref, there, ctx)) throw new Error(notOurs(ref));
  return there;
}
