import {
  type BackupDetails,
  type BackupSummary,
  DescribeBackupCommand,
  ListBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import { nameTable, type TableRef } from './table.ts';

/** A backup as it was read. */
export interface SeenBackup {
  arn: string;
  name: string;
  status: string;
  /** USER, SYSTEM (the last state of a deleted table) or AWS_BACKUP. */
  type: string;
  createdAt: Date;
}

/** A backup holds everything written until a minute before it was asked for. Source: CreateBackup. */
export const slackMs = 60_000;

/** Where a backup is and what it is of, from its ARN. */
export function partsOf(arn: string): TableRef & { id: string } {
  const [, region = '', table = '', id = ''] =
    /^arn:[^:]+:dynamodb:([^:]+):\d+:table\/([^/]+)\/backup\/(.+)$/.exec(arn) ?? [];
  return { region, table, id };
}

export function nameBackup(arn: string): string {
  const { region, table, id } = partsOf(arn);
  return `backup ${id} of ${table} in ${region}`;
}

/** Read in the backup's own Region, the only one that knows it. */
export function readBackup(arn: string, ctx: KitContext): Promise<Reading<SeenBackup>> {
  return reading(nameBackup(arn), async () => {
    const { region } = partsOf(arn);
    const { BackupDescription } = await ctx.aws.dynamoDb(region).send(new DescribeBackupCommand({ BackupArn: arn }));
    return seen(stated(BackupDescription?.BackupDetails, 'the backup'));
  });
}

/** All backups of a table, the newest first: AWS promises no order, and leaves SYSTEM backups out unless asked for ALL. */
export function readBackups(ref: TableRef, ctx: KitContext): Promise<Reading<SeenBackup[]>> {
  return reading(`backups of the ${nameTable(ref)}`, async () => {
    const found: SeenBackup[] = [];
    for (let next: string | undefined; ; ) {
      const command = new ListBackupsCommand({
        TableName: ref.table,
        BackupType: 'ALL',
        ...(next ? { ExclusiveStartBackupArn: next } : {}),
      });
      const page = await ctx.aws.dynamoDb(ref.region).send(command);
      found.push(...stated(page.BackupSummaries, 'the backups').map(seen));
      next = page.LastEvaluatedBackupArn;
      if (!next) return found.sort((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
    }
  });
}

function seen(details: BackupDetails | BackupSummary): SeenBackup {
  return {
    arn: stated(details.BackupArn, 'an ARN'),
    name: stated(details.BackupName, 'a name'),
    status: stated(details.BackupStatus, 'a status'),
    type: stated(details.BackupType, 'a type'),
    createdAt: stated(details.BackupCreationDateTime, 'a creation time'),
  };
}
