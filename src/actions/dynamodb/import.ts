import { DescribeImportCommand, type ImportTableDescription, ListImportsCommand } from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { Target } from './target.ts';

/** An import as it was read. */
export interface SeenImport {
  arn: string;
  status: string;
  processed: number;
  imported: number;
  errors: number;
  log: string | undefined;
  failure: string;
}

export function readImport(region: string, arn: string, ctx: KitContext): Promise<Reading<SeenImport>> {
  return reading(`import ${arn.split('/').at(-1)} in ${region}`, () => describe(region, arn, ctx));
}

/** The newest import to a table of that name that began since then. */
export function findImport(
  { region, table }: Target,
  since: Date,
  ctx: KitContext,
): Promise<Reading<SeenImport | undefined>> {
  return reading(`imports in ${region}`, async () => {
    const found: { arn: string; at: Date }[] = [];
    for (let next: string | undefined; ; ) {
      const page = await ctx.aws.dynamoDb(region).send(new ListImportsCommand(next ? { NextToken: next } : {}));
      for (const one of stated(page.ImportSummaryList, 'the imports')) {
        const at = stated(one.StartTime, 'when an import began');
        const isSame = stated(one.TableArn, 'the table of an import').endsWith(`:table/${table}`);
        if (isSame && at >= since) found.push({ arn: stated(one.ImportArn, 'the ARN of an import'), at });
      }
      next = page.NextToken;
      if (!next) break;
    }
    const newest = found.reduce<(typeof found)[number] | undefined>(
      (best, one) => (best && best.at >= one.at ? best : one),
      undefined,
    );
    return newest && describe(region, newest.arn, ctx);
  });
}

async function describe(region: string, arn: string, ctx: KitContext): Promise<SeenImport> {
  const answer = await ctx.aws.dynamoDb(region).send(new DescribeImportCommand({ ImportArn: arn }));
  return seen(stated(answer.ImportTableDescription, 'the import'));
}

function seen(of: ImportTableDescription): SeenImport {
  return {
    arn: stated(of.ImportArn, 'an ARN'),
    status: stated(of.ImportStatus, 'a status'),
    processed: of.ProcessedItemCount ?? 0,
    imported: of.ImportedItemCount ?? 0,
    errors: of.ErrorCount ?? 0,
    log: of.CloudWatchLogGroupArn,
    failure: [of.FailureCode, of.FailureMessage].filter((one) => one !== undefined).join(': ') || 'no reason was given',
  };
}
