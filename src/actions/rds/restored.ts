import type { DBInstance } from '@aws-sdk/client-rds';
import { z } from 'zod';
import type { Check } from '../../domain/action.ts';
import { judgeReading, notKnown, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Found, Observed, Sent } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { isMadeByStep } from '../kit/owner.ts';
import { pace } from '../kit/pace.ts';
import { mapReading, orAbsent, type Reading } from '../kit/reading.ts';
import {
  brokenStatus,
  endpointOf,
  hostOf,
  type InstanceRef,
  nameInstance,
  readInstance,
  sayBroken,
  statusOf,
} from './instance.ts';
import { checkName, isMade, longest, madeName } from './made.ts';
import { groupsOf, Settings, settingsOf } from './restore-settings.ts';

const RestoredOutput = z.strictObject({
  instance: z.string().describe('DB instance identifier of the new instance.'),
  arn: z.string().describe('Its ARN.'),
  endpoint: z.string().describe('Where it answers, host:port.'),
  host: z.string().describe('The host alone.'),
  restored_to: instant
    .nullable()
    .describe('The newest write that can be in it; null if it was found restored and the step names no time.'),
});

const RestoreCaptured = z.strictObject({ at: instant, settings: Settings, restored_to: instant.nullable() });
const RestoreReceipt = z.strictObject({ at: instant, instance: z.string(), restored_to: instant.nullable() });
type RestoreReceipt = z.output<typeof RestoreReceipt>;

interface Asked {
  region: string;
  instance: string;
  suffix: string;
}

/** The new instance, by the name that is the run's own. */
export function newInstance(input: Asked, ctx: KitContext): InstanceRef {
  return { region: input.region, instance: madeName(input, ctx, longest.instance) };
}

/** What every restore to a new instance is, whatever it is restored from. */
export const intoNewInstance = {
  kind: 'once' as const,
  risk: 'reversible' as const,
  traffic: 'none' as const,
  output: RestoredOutput,
  captured: RestoreCaptured,
  receipt: RestoreReceipt,
  plane: { kind: 'control' as const, region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Nothing that was there is changed, so nothing is put back; rds.delete-instance takes the new instance away.',
  },
  defaultTimeout: '2h' as const,
  lookup: (input: Asked, { captured }: Sent<z.output<typeof RestoreCaptured>>, ctx: KitContext) =>
    lookupRestored(newInstance(input, ctx), captured, ctx),
  observe: ({ region: home }: Asked, receipt: RestoreReceipt, ctx: KitContext) =>
    observeRestored({ region: home, instance: receipt.instance }, receipt, ctx),
  restore: () => null,
};

/** The plan's word on an instance that is to be made under this name. */
export function judgeName(
  ref: InstanceRef,
  read: Reading<DBInstance>,
  ctx: KitContext,
): { check: Check; made: boolean; status: string | null } {
  const found = orAbsent(mapReading(read, (one) => ({ status: statusOf(one), tags: one.TagList })));
  return {
    check: checkName(ref.instance, found, ctx, brokenStatus),
    made: isMade(found, ctx, brokenStatus),
    status: found.ok ? (found.value?.status ?? null) : null,
  };
}

/** Whether this step has made it: its name is the run's own, and its tags name the step. */
async function lookupRestored(
  ref: InstanceRef,
  { at, restored_to }: z.output<typeof RestoreCaptured>,
  ctx: KitContext,
): Promise<Found<RestoreReceipt>> {
  const read = orAbsent(await readInstance(ref, ctx));
  if (!read.ok) return unknowable(read);
  if (read.value === undefined) return { happened: false };
  if (isMadeByStep(read.value.TagList, ctx.owner)) {
    return { happened: true, receipt: { at, instance: ref.instance, restored_to } };
  }
  return { happened: 'failed', why: `There is a ${nameInstance(ref)} already, which this step did not make.` };
}

/** Done when it is available, has an endpoint, and lets its security groups' clients in. */
async function observeRestored(
  ref: InstanceRef,
  { restored_to }: RestoreReceipt,
  ctx: KitContext,
): Promise<Observed<z.output<typeof RestoredOutput>>> {
  const read = await readInstance(ref, ctx);
  if (!read.ok && read.fault === 'not-found') return { state: 'failed', why: read.sentence, cause: read.fault };
  if (!read.ok) return notSeen(read, pace.backup);
  const status = statusOf(read.value);
  if (brokenStatus.test(status)) return { state: 'failed', why: sayBroken(ref, status) };
  const endpoint = endpointOf(read.value);
  const groups = groupsOf(read.value);
  if (status !== 'available' || endpoint === null)
    return { state: 'working', progress: status, againInMs: pace.backup };
  if (groups.length === 0 || groups.some(({ active }) => !active)) {
    return { state: 'working', progress: `${status}, its security groups not in force yet`, againInMs: pace.backup };
  }
  const { DBInstanceArn: arn = '' } = read.value;
  return { state: 'done', output: { instance: ref.instance, arn, endpoint, host: hostOf(endpoint), restored_to } };
}

/** That it is what was asked for: a restore that is not told takes defaults without a word. */
export async function verifyRestored(ref: InstanceRef, asked: Reading<Settings>, ctx: KitContext): Promise<Check[]> {
  const expected = asked.ok ? saySettings(asked.value) : 'the settings that were asked for';
  const question: Question = { id: 'settings', title: 'has the settings asked for', expected, carry: 'with-reason' };
  if (!asked.ok) return [notKnown(question, asked.sentence, asked.fault)];
  const wanted = asked.value;
  const judged = judgeReading(question, await readInstance(ref, ctx), (instance) => {
    const found = { ...settingsOf(instance), ...(wanted.class === null ? { class: null } : {}) };
    return { pass: saySettings(found) === saySettings(wanted), found: saySettings(found) };
  });
  return [judged];
}

function saySettings(settings: Settings): string {
  const {
    security_groups: groups,
    subnet_group: subnets,
    parameter_group: parameters,
    class: size,
    multi_az,
  } = settings;
  return [groups.join(' '), subnets, parameters, size, multi_az ? 'Multi-AZ' : 'one zone'].filter(Boolean).join(', ');
}
