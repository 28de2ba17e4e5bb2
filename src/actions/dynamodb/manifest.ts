import { GetObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { BucketRef } from '../s3/bucket.ts';
import { listObjects } from '../s3/listing.ts';
import type { TableRef } from './table.ts';

/** What an export's summary says. Source: DynamoDB table export output format. */
const Summary = z
  .looseObject({
    exportArn: z.string(),
    tableArn: z.string(),
    exportTime: z.iso.datetime({ offset: true }),
    itemCount: z.int().min(0),
    outputFormat: z.string(),
    exportType: z.string().default('FULL_EXPORT'),
  })
  .transform(({ exportArn, tableArn, exportTime, itemCount, outputFormat, exportType }) => ({
    arn: exportArn,
    tableArn,
    time: new Date(exportTime),
    items: itemCount,
    /** An incremental one has only what changed, and another format than DynamoDB's own is not imported here. */
    isWhole: exportType === 'FULL_EXPORT' && outputFormat === 'DYNAMODB_JSON',
  }));
export type Manifest = z.output<typeof Summary> & { key: string };

const name = 'manifest-summary.json';

export function dataPrefixOf(key: string): string {
  return `${key.slice(0, -name.length)}data/`;
}

/** More summaries than these are not opened: the one that is looked for is among the newest. */
const mostOpened = 50;

/** The table that was exported, or one that was made from it. */
type Exported = TableRef & { madeFrom: boolean };

/**
 * The whole export of a table under a prefix whose contents are the newest; undefined where there is none. The summary
 * is written last, so an export without it never ended; its folder bears when it was asked for.
 */
export async function findNewest(
  { bucket, prefix, of }: { bucket: BucketRef; prefix: string; of: Exported },
  ctx: KitContext,
): Promise<Reading<Manifest | undefined>> {
  const listing = await listObjects(bucket, prefix, ctx);
  if (!listing.ok) return listing;
  return reading(`exports under ${prefix} of bucket ${bucket.bucket} in ${bucket.region}`, async () => {
    if (listing.value.more) throw new Error('it holds more than can be listed: give a longer prefix');
    const keys = listing.value.objects.map(({ key }) => key).filter((key) => key.endsWith(`/${name}`));
    const opened = await Promise.all(
      keys
        .sort(byId)
        .slice(0, mostOpened)
        .map((key) => readManifest(bucket, key, ctx)),
    );
    const [newest] = opened
      .flatMap((found) => (found?.isWhole && isOf(found, of) ? found : []))
      .sort((one, other) => other.time.getTime() - one.time.getTime());
    return newest;
  });
}

function isOf({ tableArn }: Manifest, { region, table, madeFrom }: Exported): boolean {
  const name = tableArn.split(':table/').at(-1) ?? '';
  const isNamed = name === table || (madeFrom && name.startsWith(`${table}-`));
  return tableArn.includes(`:dynamodb:${region}:`) && isNamed;
}

/** The last asked for first, wherever under the prefix it lies. */
function byId(one: string, other: string): number {
  const idOf = (key: string): string => key.split('/').at(-2) ?? '';
  return idOf(other).localeCompare(idOf(one));
}

/** Undefined for what is no summary: it says nothing of an export. */
async function readManifest(
  { region, bucket }: BucketRef,
  key: string,
  ctx: KitContext,
): Promise<Manifest | undefined> {
  const answer = await ctx.aws.s3(region).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const text = await stated(answer.Body, 'its contents').transformToString();
  const { data } = Summary.safeParse(parse(text));
  return data && { ...data, key };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
