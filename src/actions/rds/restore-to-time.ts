import { RestoreDBInstanceToPointInTimeCommand } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, label, region } from '../kit/fields.ts';
import { mapReading, need, orAbsent, type Reading } from '../kit/reading.ts';
import { nameInstance, readInstance } from './instance.ts';
import { leftBehind } from './left-behind.ts';
import { suffix } from './made.ts';
import { planRestored, restoreBinds } from './restore-plan.ts';
import { restoreRequest } from './restore-request.ts';
import { chooseSettings, type Settings, settingFields, settingsOf } from './restore-settings.ts';
import { checkWindow, readWindow, type Window } from './restore-window.ts';
import { intoNewInstance, newInstance, verifyRestored } from './restored.ts';
import { keyPermissions } from './snapshots.ts';

const Input = z.strictObject({
  region: region.describe("The instance's Region; the new instance is in it too."),
  instance: label.describe('DB instance identifier of the source; what is not given below the new one takes from it.'),
  time: z
    .union(
      [z.literal('latest'), instant],
      "expected 'latest', or an instant with an offset or Z such as 2026-03-01T14:05Z",
    )
    .describe('The instant to restore to, or `latest`: some five minutes ago.'),
  suffix: suffix
    .default('restored')
    .describe("The new identifier is the instance's, this, and the run's: `orders-restored-3k9x`."),
  ...settingFields,
});
type In = z.output<typeof Input>;

export const restoreToTime = defineEffect({
  ...intoNewInstance,
  name: 'rds.restore-to-time',
  version: 1,
  summary: 'Restore a DB instance, as it was at an instant, to a new one',
  input: Input,
  binds: ['time', ...restoreBinds],
  checks: [
    'the instant is within what the automated backups hold',
    'security groups, subnet group and parameter group are given or taken from the source: RDS would take defaults',
    'the name is free, or its instance is this step’s own',
  ],
  iam: {
    read: ['rds:DescribeDBInstances', 'rds:DescribeDBInstanceAutomatedBackups'],
    effect: ['rds:RestoreDBInstanceToPointInTime'],
    asCaller: [...keyPermissions, 'rds:AddTagsToResource'],
  },
  async plan(input, ctx) {
    const { window, model, standing } = await readAll(input, ctx);
    const to = timeOf(input, window);
    const from = { time: input.time };
    const checks = [checkWindow(input.time, window)];
    const dataAtRisk = to === null ? undefined : leftBehind(input.instance, to, ctx);
    return planRestored(input, { standing, model, from, checks, dataAtRisk }, ctx);
  },
  async capture(input, ctx) {
    const { window, model, standing } = await readAll(input, ctx);
    need(orAbsent(standing));
    need(window);
    const to = timeOf(input, window);
    if (to === null) throw new Error(`There is no automated backup of the ${nameInstance(input)}.`);
    const settings = chooseSettings(input, need(model));
    return { at: ctx.clock.now().toISOString(), settings, restored_to: to.toISOString() };
  },
  async apply(input, { captured }, ctx) {
    const ref = newInstance(input, ctx);
    const command = new RestoreDBInstanceToPointInTimeCommand({
      SourceDBInstanceIdentifier: input.instance,
      TargetDBInstanceIdentifier: ref.instance,
      ...(input.time === 'latest' ? { UseLatestRestorableTime: true } : { RestoreTime: new Date(input.time) }),
      ...restoreRequest(captured.settings, ctx),
    });
    const at = ctx.clock.now().toISOString();
    await effect(`The restore of the ${nameInstance(input)}`, () => ctx.aws.rds(input.region).send(command));
    return { at, instance: ref.instance, restored_to: captured.restored_to };
  },
  unchanged: (input, ctx) => {
    const restored_to = input.time === 'latest' ? null : input.time;
    return { at: ctx.clock.now().toISOString(), instance: newInstance(input, ctx).instance, restored_to };
  },
  async verify(input, { instance }, ctx) {
    const asked = mapReading(await readInstance(input, ctx), (source) => chooseSettings(input, settingsOf(source)));
    return verifyRestored({ region: input.region, instance }, asked, ctx);
  },
});

async function readAll(input: In, ctx: KitContext) {
  const [window, source, standing] = await Promise.all([
    readWindow(input, ctx),
    readInstance(input, ctx),
    readInstance(newInstance(input, ctx), ctx),
  ]);
  const model: Reading<Settings | null> = mapReading(source, settingsOf);
  return { window, model, standing };
}

function timeOf({ time }: In, window: Reading<Window>): Date | null {
  if (time !== 'latest') return new Date(time);
  return window.ok ? (window.value?.until ?? null) : null;
}
