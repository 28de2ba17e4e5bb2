import { CopyDBSnapshotCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, label, region } from '../kit/fields.ts';
import { ownerTags } from '../kit/owner.ts';
import { usual } from '../kit/pace.ts';
import { need, orAbsent } from '../kit/reading.ts';
import { checkKey, checkSnapshot } from './copy-checks.ts';
import { longest, madeName, shownName, suffix } from './made.ts';
import { lookupSnapshot, observeSnapshot, planName, SnapshotOutput, SnapshotReceipt } from './snapshot-seen.ts';
import {
  keyPermissions,
  nameSnapshot,
  readSnapshot,
  regionOf,
  snapshotArn,
  snapshotId,
  snapshotStatus,
} from './snapshots.ts';

const Input = z.strictObject({
  region: region.describe('Where the copy is to be.'),
  source: snapshotArn.describe('ARN of the snapshot to copy; its Region is in it.'),
  instance: label.describe('DB instance identifier that the snapshot is of; the copy is named after it.'),
  suffix: suffix
    .default('copy')
    .describe("The copy's name is the instance's, this, and the run's: `orders-copy-3k9x`."),
  kms_key: label
    .optional()
    .describe('KMS key of the Region of the copy; required where an encrypted snapshot goes to another Region.'),
});
export type CopyInput = z.output<typeof Input>;

const Captured = z.strictObject({ at: instant, source: z.string(), copy: z.string().nullable() });

export const copySnapshot = defineEffect({
  name: 'rds.copy-snapshot',
  version: 1,
  summary: 'Copy a snapshot to this or another Region',
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: SnapshotOutput,
  captured: Captured,
  receipt: SnapshotReceipt,
  binds: ['source', 'instance', 'suffix', 'kms_key'],
  checks: [
    'the snapshot is available, and of the instance that is meant',
    'a key of the Region of the copy is named, where an encrypted snapshot goes to another Region',
    'the name is free, or its snapshot is this step’s own',
  ],
  iam: {
    read: ['rds:DescribeDBSnapshots'],
    effect: ['rds:CopyDBSnapshot'],
    asCaller: [...keyPermissions, 'rds:AddTagsToResource'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing that was there is changed, so nothing is put back; the copy stays.',
  },
  defaultTimeout: '4h',
  async plan(input, ctx) {
    const [source, name] = await Promise.all([
      readSnapshot(sourceOf(input), ctx),
      planName({ region: input.region, snapshot: madeName(input, ctx, longest.snapshot) }, ctx),
    ]);
    const { instance, suffix: what } = input;
    const bound = { source: snapshotId(input.source), instance, suffix: what, kms_key: input.kms_key ?? null };
    return {
      target: { region: input.region, resource: `rds:snapshot/${instance}-${what}` },
      before: { ...bound, snapshot: name.status },
      after: { ...bound, snapshot: 'available', name: shownName(input, ctx, longest.snapshot) },
      noChange: name.made,
      checks: name.made ? [name.check] : [checkSnapshot(instance, source), checkKey(input, source), name.check],
      estimateMs: 5 * usual.minutes,
    };
  },
  async capture(input, ctx) {
    const target = { region: input.region, snapshot: madeName(input, ctx, longest.snapshot) };
    const [source, there] = await Promise.all([readSnapshot(sourceOf(input), ctx), readSnapshot(target, ctx)]);
    const found = need(orAbsent(there));
    return { at: ctx.clock.now().toISOString(), source: snapshotStatus(need(source)), copy: found?.Status ?? null };
  },
  async apply(input, _sent, ctx) {
    const { source, kms_key: key } = input;
    const snapshot = madeName(input, ctx, longest.snapshot);
    const at = ctx.clock.now().toISOString();
    // Asked of the Region of the copy: the SDK signs the reading of the source's Region by its ARN.
    await effect(`A copy of the ${nameSnapshot(sourceOf(input))}`, () =>
      ctx.aws.rds(input.region).send(
        new CopyDBSnapshotCommand({
          SourceDBSnapshotIdentifier: source,
          TargetDBSnapshotIdentifier: snapshot,
          Tags: ownerTags(ctx.owner),
          ...(key === undefined ? {} : { KmsKeyId: key }),
        }),
      ),
    );
    return { at, snapshot };
  },
  async lookup(input, { captured }, ctx) {
    const snapshot = madeName(input, ctx, longest.snapshot);
    const found = await lookupSnapshot({ region: input.region, snapshot }, ctx);
    return found === 'happened' ? { happened: true, receipt: { at: captured.at, snapshot } } : found;
  },
  unchanged: (input, ctx) => ({
    at: ctx.clock.now().toISOString(),
    snapshot: madeName(input, ctx, longest.snapshot),
  }),
  observe: ({ region: home }, { snapshot }, ctx) => observeSnapshot({ region: home, snapshot }, ctx),
  restore: () => null,
});

function sourceOf({ source }: CopyInput): { region: string; snapshot: string } {
  return { region: regionOf(source), snapshot: source };
}
