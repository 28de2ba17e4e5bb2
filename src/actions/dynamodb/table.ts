import {
  DescribeTableCommand,
  ListTagsOfResourceCommand,
  type TableDescription,
  type Tag,
} from '@aws-sdk/client-dynamodb';
import type { KitContext } from '../kit/context.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';

export interface TableRef {
  region: string;
  table: string;
}

/** A table as it was read, with what every answer has to say. */
export interface SeenTable extends TableDescription {
  TableName: string;
  TableArn: string;
  TableStatus: NonNullable<TableDescription['TableStatus']>;
}

export function nameTable({ region, table }: TableRef): string {
  return `table ${table} in ${region}`;
}

export function readTable(ref: TableRef, ctx: KitContext): Promise<Reading<SeenTable>> {
  return reading(nameTable(ref), async () => {
    const { Table } = await ctx.aws.dynamoDb(ref.region).send(new DescribeTableCommand({ TableName: ref.table }));
    const table = stated(Table, 'the table');
    return {
      ...table,
      TableName: stated(table.TableName, 'a name'),
      TableArn: stated(table.TableArn, 'an ARN'),
      TableStatus: stated(table.TableStatus, 'a status'),
    };
  });
}

export function readTags(ref: TableRef, arn: string, ctx: KitContext): Promise<Reading<Tag[]>> {
  return reading(`tags of the ${nameTable(ref)}`, async () => {
    const tags: Tag[] = [];
    for (let next: string | undefined; ; ) {
      const command = new ListTagsOfResourceCommand({ ResourceArn: arn, ...(next ? { NextToken: next } : {}) });
      const page = await ctx.aws.dynamoDb(ref.region).send(command);
      tags.push(...stated(page.Tags, 'the tags'));
      next = page.NextToken;
      if (!next) return tags;
    }
  });
}

/** Indexes that do not answer yet. */
export function indexesToCome({ GlobalSecondaryIndexes: indexes = [] }: TableDescription): number {
  return indexes.filter(({ IndexStatus }) => IndexStatus !== 'ACTIVE').length;
}
