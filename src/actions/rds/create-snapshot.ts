import { CreateDBSnapshotCommand, type DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, label, region } from '../kit/fields.ts';
import { ownerTags } from '../kit/owner.ts';
import { usual } from '../kit/pace.ts';
import { need, type Reading } from '../kit/reading.ts';
import { nameInstance, readInstance, statusOf } from './instance.ts';
import { longest, madeName, shownName, suffix } from './made.ts';
import { lookupSnapshot, observeSnapshot, planName, SnapshotOutput, SnapshotReceipt } from './snapshot-seen.ts';

const Input = z.strictObject({
  region: region.describe("The instance's Region; the snapshot is in it too."),
  instance: label.describe('DB instance identifier of what is to be copied.'),
  suffix: suffix
    .default('snapshot')
    .describe("Its name is the instance's, this, and the run's: `orders-snapshot-3k9x`."),
});
type In = z.output<typeof Input>;

const Captured = z.strictObject({ at: instant, status: z.string() });

export const createSnapshot = defineEffect({
  name: 'rds.create-snapshot',
  version: 1,
  summary: 'Take a snapshot of a DB instance',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: SnapshotOutput,
  captured: Captured,
  receipt: SnapshotReceipt,
  binds: ['instance', 'suffix'],
  checks: ['the instance is available', 'the name is free, or its snapshot is this step’s own'],
  iam: {
    read: ['rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'],
    effect: ['rds:CreateDBSnapshot'],
    asCaller: ['rds:AddTagsToResource'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing that was there is changed, so nothing is put back; the snapshot stays.',
  },
  defaultTimeout: '1h',
  async plan(input, ctx) {
    const [instance, name] = await Promise.all([readInstance(input, ctx), planName(refOf(input, ctx), ctx)]);
    const { instance: of, suffix: what } = input;
    return {
      target: { region: input.region, resource: `rds:snapshot/${of}-${what}` },
      before: { instance: of, suffix: what, snapshot: name.status },
      after: { instance: of, suffix: what, snapshot: 'available', name: shownName(input, ctx, longest.snapshot) },
      noChange: name.made,
      checks: name.made ? [name.check] : [checkSource(instance), name.check],
      estimateMs: usual.minutes,
    };
  },
  async capture(input, ctx) {
    return { at: ctx.clock.now().toISOString(), status: statusOf(need(await readInstance(input, ctx))) };
  },
  async apply(input, _sent, ctx) {
    const { snapshot } = refOf(input, ctx);
    const at = ctx.clock.now().toISOString();
    await effect(`A snapshot of the ${nameInstance(input)}`, () =>
      ctx.aws.rds(input.region).send(
        new CreateDBSnapshotCommand({
          DBInstanceIdentifier: input.instance,
          DBSnapshotIdentifier: snapshot,
          Tags: ownerTags(ctx.owner),
        }),
      ),
    );
    return { at, snapshot };
  },
  async lookup(input, { captured }, ctx) {
    const ref = refOf(input, ctx);
    const found = await lookupSnapshot(ref, ctx);
    return found === 'happened' ? { happened: true, receipt: { at: captured.at, snapshot: ref.snapshot } } : found;
  },
  unchanged: (input, ctx) => ({ at: ctx.clock.now().toISOString(), snapshot: refOf(input, ctx).snapshot }),
  observe: ({ region: home }, { snapshot }, ctx) => observeSnapshot({ region: home, snapshot }, ctx),
  restore: () => null,
});

function refOf(input: In, ctx: KitContext): { region: string; snapshot: string } {
  return { region: input.region, snapshot: madeName(input, ctx, longest.snapshot) };
}

function checkSource(read: Reading<DBInstance>): Check {
  const expected = 'available: RDS takes no snapshot of an instance that is busy otherwise';
  const question: Question = { id: 'instance', title: 'can be copied now', expected, carry: 'never' };
  return judgeReading(question, read, (instance) => ({
    pass: /^(available|storage-optimization)$/.test(statusOf(instance)),
    found: `status ${statusOf(instance)}`,
  }));
}
