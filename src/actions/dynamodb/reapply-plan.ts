import { DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { mapReading, type Reading, reading, stated } from '../kit/reading.ts';
import { tableName } from './fields.ts';
import { readSettings, type SeenSettings, Settings } from './settings.ts';
import { nameTable, type TableRef } from './table.ts';
import { differing, settingsFrom, shown, standing } from './wanted-settings.ts';

export const ReapplyInput = z
  .strictObject({
    region: region.describe("The table's Region."),
    table: tableName.describe('The table that lacks them, such as a restored one.'),
    source: tableName.optional().describe('The table that has them; what is on there is turned on here.'),
    source_region: region.optional().describe("The source's Region; that of the table if absent."),
    settings: Settings.default({}).describe('Settings of their own, where the source is gone or they are to differ.'),
  })
  .refine(({ source, settings }) => source !== undefined || Object.keys(settings).length > 0, {
    path: ['source'],
    error: 'expected a source, or settings',
  });
export type ReapplyInput = z.output<typeof ReapplyInput>;

/** The settings of both tables, and those that the one is to have. */
export interface Both {
  now: SeenSettings;
  wanted: Settings;
}

export async function readBoth(input: ReapplyInput, ctx: KitContext): Promise<Reading<Both>> {
  const [now, source] = await Promise.all([readSettings(input, ctx), readSource(input, ctx)]);
  if (!now.ok) return now;
  return mapReading(source, (from) => ({ now: now.value, wanted: wantedOf(input, from, now.value) }));
}

function readSource(input: ReapplyInput, ctx: KitContext): Promise<Reading<SeenSettings | null>> {
  const ref = sourceOf(input);
  return ref ? readSettings(ref, ctx) : Promise.resolve({ ok: true, value: null });
}

function sourceOf({ region: home, source, source_region: from }: ReapplyInput): TableRef | null {
  return source === undefined ? null : { region: from ?? home, table: source };
}

function wantedOf(input: ReapplyInput, from: SeenSettings | null, now: SeenSettings): Settings {
  const { settings } = input;
  const ref = sourceOf(input);
  const taken = from && ref ? settingsFrom(from, ref, now, input) : {};
  const tags = { ...taken.tags, ...settings.tags };
  return { ...taken, ...settings, ...(Object.keys(tags).length > 0 ? { tags } : {}) };
}

export async function planReapply(input: ReapplyInput, ctx: KitContext): Promise<ActionPlan> {
  const ref = sourceOf(input);
  const [now, source, scaling] = await Promise.all([
    readSettings(input, ctx),
    readSource(input, ctx),
    ref ? readScaling(ref, ctx) : null,
  ]);
  const known = now.ok && source.ok;
  const wanted = known ? wantedOf(input, source.value, now.value) : input.settings;
  return {
    target: { region: input.region, resource: `dynamodb:${input.table}` },
    before: { table: input.table, ...(now.ok ? shown(standing(wanted, now.value)) : {}) },
    after: { table: input.table, ...shown(wanted), ...alarmsLeft(input, source) },
    noChange: known && differing(wanted, now.value).length === 0,
    checks: [checkReady(now), ...(ref ? [checkSource(source)] : []), ...(scaling ? [checkScaling(scaling)] : [])],
    estimateMs: usual.minute,
  };
}

/** Alarms of the source that the table gets no like of: somebody has to make them. */
function alarmsLeft(input: ReapplyInput, source: Reading<SeenSettings | null>): JsonObject {
  if (!source.ok || source.value === null) return {};
  const { alarms, otherAlarms } = source.value;
  const abroad = sourceOf(input)?.region === input.region ? [] : Object.keys(alarms);
  const left = [...otherAlarms, ...abroad].sort();
  return left.length > 0 ? { alarms_to_make_by_hand: left } : {};
}

function checkReady(now: Reading<SeenSettings>): Check {
  const expected = 'ACTIVE, its restore over';
  const question: Question = { id: 'table', title: 'table can be changed', expected, carry: 'never' };
  return judgeReading(question, now, ({ table: { TableStatus: status, RestoreSummary: restore } }) => {
    const restoring = restore?.RestoreInProgress === true;
    return { pass: status === 'ACTIVE' && !restoring, found: restoring ? `${status}, still being restored` : status };
  });
}

function checkSource(source: Reading<SeenSettings | null>): Check {
  const expected = 'its settings; where it is gone, give them as `settings`';
  const question: Question = { id: 'source', title: 'the source can be read', expected, carry: 'never' };
  return judgeReading(question, source, () => ({ pass: true, found: 'it answered' }));
}

/** Scaling lives in another service, with policies and alarms of its own: it is looked for, and not carried over. */
function readScaling(ref: TableRef, ctx: KitContext): Promise<Reading<number>> {
  return reading(`autoscaling of the ${nameTable(ref)}`, async () => {
    const command = new DescribeScalableTargetsCommand({
      ServiceNamespace: 'dynamodb',
      ResourceIds: [`table/${ref.table}`],
    });
    const { ScalableTargets: found } = await ctx.aws.autoScaling(ref.region).send(command);
    return stated(found, 'the scalable targets').length;
  });
}

function checkScaling(scaling: Reading<number>): Check {
  const question: Question = {
    id: 'autoscaling',
    title: 'nothing scales the source',
    expected: 'none: autoscaling is not carried over',
    carry: 'with-reason',
  };
  if (!scaling.ok) return notKnown(question, scaling.sentence, scaling.fault);
  if (scaling.value === 0) return judge(question, true, 'none');
  return notKnown(question, `${scaling.value} scalable targets: register them for the table by hand`);
}
