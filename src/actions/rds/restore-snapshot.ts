import { type DBSnapshot, RestoreDBInstanceFromDBSnapshotCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { label, region } from '../kit/fields.ts';
import { mapReading, need, orAbsent, type Reading } from '../kit/reading.ts';
import { checkSnapshot } from './copy-checks.ts';
import { nameInstance, readInstance } from './instance.ts';
import { leftBehind } from './left-behind.ts';
import { suffix } from './made.ts';
import { planRestored, restoreBinds } from './restore-plan.ts';
import { restoreRequest } from './restore-request.ts';
import { chooseSettings, isComplete, type Settings, settingFields, settingsOf } from './restore-settings.ts';
import { intoNewInstance, newInstance, verifyRestored } from './restored.ts';
import { dataUntil, keyPermissions, readSnapshot, snapshotId } from './snapshots.ts';

const Input = z.strictObject({
  region: region.describe('Where the snapshot is, and the new instance is to be.'),
  snapshot: label.describe('DB snapshot identifier, or its ARN.'),
  instance: label.describe('DB instance identifier that the snapshot is of; the new instance is named after it.'),
  suffix: suffix
    .default('restored')
    .describe("The new identifier is the instance's, this, and the run's: `orders-restored-3k9x`."),
  like: label
    .optional()
    .describe('DB instance of this Region whose settings the new one takes, where they are not given here.'),
  ...settingFields,
});
type In = z.output<typeof Input>;

export const restoreSnapshot = defineEffect({
  ...intoNewInstance,
  name: 'rds.restore-snapshot',
  version: 1,
  summary: 'Restore a snapshot to a new DB instance',
  input: Input,
  binds: ['snapshot', ...restoreBinds],
  checks: [
    'the snapshot is available, and of the instance that is meant',
    'security groups, subnet group and parameter group are given or taken from another instance: RDS would take defaults',
    'the name is free, or its instance is this step’s own',
  ],
  iam: {
    read: ['rds:DescribeDBInstances', 'rds:DescribeDBSnapshots'],
    effect: ['rds:RestoreDBInstanceFromDBSnapshot'],
    asCaller: [...keyPermissions, 'rds:AddTagsToResource'],
  },
  async plan(input, ctx) {
    const [snapshot, model, standing] = await Promise.all([
      readSnapshot(input, ctx),
      readModel(input, ctx),
      readInstance(newInstance(input, ctx), ctx),
    ]);
    const until = snapshot.ok ? dataUntil(snapshot.value) : undefined;
    const from = { snapshot: snapshotId(input.snapshot) };
    const checks = [checkSnapshot(input.instance, snapshot)];
    const dataAtRisk = until && leftBehind(input.instance, until, ctx);
    return planRestored(input, { standing, model, from, checks, dataAtRisk }, ctx);
  },
  async capture(input, ctx) {
    const [snapshot, model, standing] = await Promise.all([
      readSnapshot(input, ctx),
      readModel(input, ctx),
      readInstance(newInstance(input, ctx), ctx),
    ]);
    need(orAbsent(standing));
    const until = dataOf(need(snapshot));
    return { at: ctx.clock.now().toISOString(), settings: chooseSettings(input, need(model)), restored_to: until };
  },
  async apply(input, { captured }, ctx) {
    const ref = newInstance(input, ctx);
    const command = new RestoreDBInstanceFromDBSnapshotCommand({
      DBInstanceIdentifier: ref.instance,
      DBSnapshotIdentifier: snapshotId(input.snapshot),
      ...restoreRequest(captured.settings, ctx),
    });
    const at = ctx.clock.now().toISOString();
    await effect(`The restore to the ${nameInstance(ref)}`, () => ctx.aws.rds(input.region).send(command));
    return { at, instance: ref.instance, restored_to: captured.restored_to };
  },
  unchanged: (input, ctx) => {
    const { instance } = newInstance(input, ctx);
    return { at: ctx.clock.now().toISOString(), instance, restored_to: null };
  },
  async verify(input, { instance }, ctx) {
    const asked = mapReading(await readModel(input, ctx), (model) => chooseSettings(input, model));
    return verifyRestored({ region: input.region, instance }, asked, ctx);
  },
});

/** Read only where something is left to take from it: the instance that a Region lost cannot be read. */
async function readModel(input: In, ctx: KitContext): Promise<Reading<Settings | null>> {
  if (input.like === undefined || isComplete(input)) return { ok: true, value: null };
  return mapReading(await readInstance({ region: input.region, instance: input.like }, ctx), settingsOf);
}

function dataOf(snapshot: DBSnapshot): string | null {
  return dataUntil(snapshot)?.toISOString() ?? null;
}
