import { type TableDescription, TagResourceCommand } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import type { Found, Observed } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant, region } from '../kit/fields.ts';
import { isMadeByStep, ownerTags } from '../kit/owner.ts';
import { need } from '../kit/reading.ts';
import { tableName } from './fields.ts';
import { indexesToCome, nameTable, readTable, readTags, type SeenTable } from './table.ts';
import type { Target } from './target.ts';

const RestoredOutput = z.strictObject({
  region: region.describe("The new table's Region."),
  table: tableName.describe('Name of the new table.'),
  table_arn: z.string().describe('Its ARN.'),
  source: tableName.describe('The table whose contents it has.'),
  restored_to: instant.describe('The instant of those contents; of a backup, when it was asked for.'),
});
type Out = z.output<typeof RestoredOutput>;

const RestoreCaptured = z.strictObject({ at: instant, table: tableName, source_arn: z.string() });
const RestoreReceipt = z.strictObject({ at: instant, table: tableName });
type Receipt = z.output<typeof RestoreReceipt>;

/** Permissions with which DynamoDB writes the restored items: it does so as its caller. */
export const restorePermissions = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

/** Restores change over minutes. */
const againInMs = 10_000;
/** A new table may not be listed yet, and clocks differ. */
const graceMs = 60_000;

interface InRegion {
  region: string;
}

/** What every restore to a new table is, whatever it is restored from. */
export const intoNewTable = {
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
    how: 'Nothing that was there is changed, so nothing is put back; dynamodb.delete-table takes the new table away.',
  },
  defaultTimeout: '2h' as const,
  observe: ({ region: home }: InRegion, receipt: Receipt, ctx: KitContext) =>
    observeRestore({ region: home, table: receipt.table }, receipt, ctx),
  advance: ({ region: home }: InRegion, { table }: Receipt, ctx: KitContext) => markTable({ region: home, table }, ctx),
  restore: () => null,
};

/** Whether a table of that name is what this step asked for: it takes tags only in the end, but names its source at once. */
export async function lookupRestore(
  target: Target,
  captured: z.output<typeof RestoreCaptured>,
  isSource: (of: TableDescription['RestoreSummary']) => boolean,
  ctx: KitContext,
): Promise<Found<Receipt>> {
  const read = await readTable(target, ctx);
  if (!read.ok && read.fault === 'not-found') return { happened: false };
  if (!read.ok) return unknowable(read);
  const { TableStatus: status, CreationDateTime: created, RestoreSummary: summary } = read.value;
  const since = new Date(captured.at).getTime() - graceMs;
  if (!isSource(summary) || created === undefined || created.getTime() < since) {
    return { happened: 'unknowable', why: `There is a ${nameTable(target)} that this step has not made.` };
  }
  if (isBroken(status)) return { happened: 'failed', why: sayBroken(target, status) };
  return { happened: true, receipt: { at: captured.at, table: target.table } };
}

/** Done when it is active, its restore is over, each index answers, and it bears the marks of its run. */
async function observeRestore(target: Target, { at }: Receipt, ctx: KitContext): Promise<Observed<Out>> {
  const read = await readTable(target, ctx);
  if (!read.ok && read.fault === 'not-found') return absent(target, at, ctx);
  if (!read.ok) return notSeen(read, againInMs);
  const table = read.value;
  if (isBroken(table.TableStatus)) return { state: 'failed', why: sayBroken(target, table.TableStatus) };
  const progress = leftToDo(table);
  if (progress !== null) return { state: 'working', progress, againInMs };
  return (await observeMarks(target, table, ctx)) ?? done(target, table);
}

function absent(target: Target, at: string, ctx: KitContext): Observed<Out> {
  const sinceMs = ctx.clock.now().getTime() - new Date(at).getTime();
  if (sinceMs < graceMs) return { state: 'working', progress: 'not listed yet', againInMs };
  return {
    state: 'failed',
    why: `There is no ${nameTable(target)}: its restore did not end well. Look at its events in CloudTrail.`,
  };
}

function leftToDo(table: SeenTable): string | null {
  if (table.TableStatus !== 'ACTIVE') return table.TableStatus;
  if (table.RestoreSummary?.RestoreInProgress !== false) return 'ACTIVE, and still being restored';
  const left = indexesToCome(table);
  return left === 0 ? null : `ACTIVE, ${left} of ${table.GlobalSecondaryIndexes?.length} indexes not ready`;
}

/** Null once it bears the tags of this step. */
export async function observeMarks(target: Target, table: SeenTable, ctx: KitContext): Promise<Observed<never> | null> {
  const tags = await readTags(target, table.TableArn, ctx);
  if (!tags.ok) return notSeen(tags, againInMs);
  if (isMadeByStep(tags.value, ctx.owner)) return null;
  return { state: 'working', progress: 'ready, not seen to bear its tags yet', againInMs, due: 'tags' };
}

/** Neither a restore nor an import takes tags, and a table takes none before it is ACTIVE. */
export async function markTable(target: Target, ctx: KitContext): Promise<void> {
  const { TableArn: arn } = need(await readTable(target, ctx));
  const command = new TagResourceCommand({ ResourceArn: arn, Tags: ownerTags(ctx.owner) });
  await effect(`Tagging the ${nameTable(target)}`, () => ctx.aws.dynamoDb(target.region).send(command));
}

function done(target: Target, { TableArn: arn, RestoreSummary: summary }: SeenTable): Observed<Out> {
  const source = summary?.SourceTableArn?.split(':table/')[1];
  if (source === undefined || summary?.RestoreDateTime === undefined) {
    return {
      state: 'unknown',
      why: `The answer about the ${nameTable(target)} lacks what it was restored from.`,
      againInMs,
    };
  }
  return {
    state: 'done',
    output: { ...target, table_arn: arn, source, restored_to: summary.RestoreDateTime.toISOString() },
  };
}

function isBroken(status: SeenTable['TableStatus']): boolean {
  return !['CREATING', 'UPDATING', 'ACTIVE'].includes(status);
}

function sayBroken(target: Target, status: string): string {
  return `The ${nameTable(target)} is ${status}: expected it to become ACTIVE. Look at its key and at its events in CloudTrail.`;
}
