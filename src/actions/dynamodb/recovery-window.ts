import { DescribeContinuousBackupsCommand } from '@aws-sdk/client-dynamodb';
import { sayUtc } from '../../domain/say-instant.ts';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { nameTable, type TableRef } from './table.ts';

/** The instants to which a table can be restored. */
export interface RecoveryWindow {
  enabled: boolean;
  earliest: Date | null;
  latest: Date | null;
}

export function readWindow(ref: TableRef, ctx: KitContext): Promise<Reading<RecoveryWindow>> {
  return reading(nameTable(ref), async () => {
    const command = new DescribeContinuousBackupsCommand({ TableName: ref.table });
    const { ContinuousBackupsDescription: answer } = await ctx.aws.dynamoDb(ref.region).send(command);
    const recovery = answer?.PointInTimeRecoveryDescription;
    return {
      enabled: stated(recovery?.PointInTimeRecoveryStatus, 'the status of its point-in-time recovery') === 'ENABLED',
      earliest: recovery?.EarliestRestorableDateTime ?? null,
      latest: recovery?.LatestRestorableDateTime ?? null,
    };
  });
}

export function sayWindow({ enabled, earliest, latest }: RecoveryWindow): string {
  if (!enabled) return 'point-in-time recovery is off';
  if (earliest === null || latest === null) return 'nothing to restore to yet';
  return `restorable from ${sayUtc(earliest)} to ${sayUtc(latest)}`;
}
