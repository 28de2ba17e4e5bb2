import { DescribeExportCommand, type ExportDescription, ListExportsCommand } from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { nameTable, type SeenTable, type TableRef } from './table.ts';

/** An export as it was read. */
export interface SeenExport {
  arn: string;
  status: string;
  bucket: string;
  prefix: string;
  /** The instant of its contents. */
  time: Date;
  /** Once it has ended well. */
  manifest: string | undefined;
  items: number | undefined;
  failure: string;
}

/** An export's id begins with when it was asked for, milliseconds since 1970. */
function startedAt(arn: string): number {
  return Number(/\/export\/0*(\d+)-/.exec(arn)?.[1] ?? Number.NaN);
}

export function readExport(region: string, arn: string, ctx: KitContext): Promise<Reading<SeenExport>> {
  return reading(`export ${arn.split('/').at(-1)} in ${region}`, async () => {
    const { ExportDescription: found } = await ctx.aws
      .dynamoDb(region)
      .send(new DescribeExportCommand({ ExportArn: arn }));
    return seen(stated(found, 'the export'));
  });
}

/** The newest export of a table to this place that was asked for since then. */
export function findExport(
  ref: TableRef,
  { TableArn }: SeenTable,
  to: { bucket: string; prefix: string; since: Date },
  ctx: KitContext,
): Promise<Reading<SeenExport | undefined>> {
  return reading(`exports of the ${nameTable(ref)}`, async () => {
    const recent = (await listArns(ref, TableArn, ctx)).filter((arn) => !(startedAt(arn) < to.since.getTime()));
    for (const arn of recent.sort().reverse()) {
      const one = await ctx.aws.dynamoDb(ref.region).send(new DescribeExportCommand({ ExportArn: arn }));
      const found = seen(stated(one.ExportDescription, 'the export'));
      if (found.bucket === to.bucket && found.prefix === to.prefix) return found;
    }
    return undefined;
  });
}

async function listArns({ region }: TableRef, arn: string, ctx: KitContext): Promise<string[]> {
  const arns: string[] = [];
  for (let next: string | undefined; ; ) {
    const command = new ListExportsCommand({ TableArn: arn, ...(next ? { NextToken: next } : {}) });
    const page = await ctx.aws.dynamoDb(region).send(command);
    arns.push(...stated(page.ExportSummaries, 'the exports').map(({ ExportArn }) => stated(ExportArn, 'an ARN')));
    next = page.NextToken;
    if (!next) return arns;
  }
}

function seen(of: ExportDescription): SeenExport {
  return {
    arn: stated(of.ExportArn, 'an ARN'),
    status: stated(of.ExportStatus, 'a status'),
    bucket: stated(of.S3Bucket, 'a bucket'),
    prefix: of.S3Prefix ?? '',
    time: stated(of.ExportTime, 'its time'),
    manifest: of.ExportManifest,
    items: of.ItemCount,
    failure: [of.FailureCode, of.FailureMessage].filter((one) => one !== undefined).join(': ') || 'no reason was given',
  };
}
