import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import { mapReading, type Reading } from '../kit/reading.ts';
import type { BucketRef } from '../s3/bucket.ts';
import { listObjects } from '../s3/listing.ts';
import { type ImportInput, sayKeys } from './import-input.ts';
import { checkTarget, readStanding, sayTarget, type Target, targetOf } from './target.ts';

export function importTarget(input: ImportInput, ctx: KitContext): Target {
  return targetOf(input, input.source, ctx);
}

export async function planImport(input: ImportInput, ctx: KitContext): Promise<ActionPlan> {
  const target = importTarget(input, ctx);
  const [standing, files] = await Promise.all([readStanding(target, ctx), readFiles(input, ctx)]);
  const own = standing.ok && standing.value?.own === true;
  const shown = {
    source: input.source,
    from: `${input.bucket}/${input.data_prefix}`,
    keys: sayKeys(input),
    indexes: input.indexes.map((index) => `${index.name}: ${sayKeys(index)}`),
  };
  return {
    target: { region: input.region, resource: `dynamodb:${sayTarget(input, input.source)}` },
    before: shown,
    after: { ...shown, table: sayTarget(input, input.source) },
    noChange: own && standing.value?.table.TableStatus === 'ACTIVE',
    checks: [checkFiles(input, files), checkTarget(target, standing)],
    estimateMs: 4 * usual.minutes,
  };
}

function readFiles(input: ImportInput, ctx: KitContext): Promise<Reading<string[]>> {
  const bucket: BucketRef = { region: input.bucket_region ?? input.region, bucket: input.bucket };
  return listObjects(bucket, input.data_prefix, ctx).then((read) =>
    mapReading(read, ({ objects }) => objects.map(({ key }) => key)),
  );
}

/** Every file under the prefix is read as items, whatever it is. */
function checkFiles({ data_prefix: under }: ImportInput, files: Reading<string[]>): Check {
  const question: Question = {
    id: 'files',
    title: 'the items are there',
    expected: 'files of items only',
    carry: 'never',
  };
  return judgeReading(question, files, (keys) => {
    const other = keys.find((key) => !key.endsWith('.json.gz'));
    const found = other ? `${other} is no file of items` : `${keys.length} files under ${under}`;
    return { pass: keys.length > 0 && other === undefined, found };
  });
}
