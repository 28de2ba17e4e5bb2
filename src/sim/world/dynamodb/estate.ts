import { z } from 'zod';

const tally = z.number().int().min(0);
const minutes = 60_000;
const wait = (ms: number, what: string) => z.number().int().min(0).default(ms).describe(what);

/** How long DynamoDB takes, in milliseconds of the world's clock. */
const DynamoDbTimings = z.strictObject({
  backupMs: wait(3 * minutes, 'An on-demand backup stays CREATING.'),
  restoreMs: wait(12 * minutes, 'A restored table stays CREATING.'),
  restoreFinishMs: wait(2 * minutes, 'A restored table is ACTIVE while its restore goes on.'),
  indexMs: wait(minutes, 'Its indexes are not ready yet, although its restore is over.'),
  deleteMs: wait(20_000, 'A table stays DELETING.'),
  tagMs: wait(3_000, 'Tags are not listed yet.'),
  updateMs: wait(8_000, 'A changed table stays UPDATING, and takes no other change.'),
  ttlMs: wait(10 * minutes, 'Expiry stays ENABLING or DISABLING, and cannot be changed again.'),
  policyMs: wait(15_000, 'A changed resource policy is shown and not heeded yet.'),
  exportMs: wait(10 * minutes, 'An export stays IN_PROGRESS.'),
  importMs: wait(15 * minutes, 'An import stays IN_PROGRESS, its table CREATING.'),
});

const IndexSpec = z.strictObject({ name: z.string(), partitionKey: z.string(), sortKey: z.string().optional() });

/** What is written to a table, one item after another, each `everySeconds`. */
const ItemsSpec = z.strictObject({
  count: tally.describe('Items that are there at the beginning; the newest is the last.'),
  everySeconds: z.number().int().min(1).default(300),
  bytes: tally.default(400).describe('Size of one item; a page of a scan ends at 1 MB.'),
  prefix: z.string().describe('Values of the partition key are this and a number.'),
  timestamp: z.string().optional().describe('Attribute that holds when it was written, as ISO 8601 text.'),
  attributes: z.record(z.string(), z.array(z.union([z.string(), z.number()])).min(1)).default({}),
  ingest: z.boolean().default(false).describe('Whether writing goes on.'),
  writer: z
    .string()
    .optional()
    .describe('Function that writes them, wherever it may run, to the table that its TABLE_PARAMETER names.'),
});

const BackupSpec = z.strictObject({
  name: z.string(),
  hoursAgo: z.number().min(0),
  type: z.enum(['USER', 'SYSTEM']).default('USER'),
});

const AlarmSpec = z.strictObject({
  name: z.string(),
  metric: z.string(),
  threshold: z.number(),
  actions: z.array(z.string()).default([]).describe('ARNs that are told.'),
});

const ExportSpec = z.strictObject({ bucket: z.string(), prefix: z.string(), hoursAgo: z.number().min(0) });

const TableSpec = z.strictObject({
  region: z.string(),
  name: z.string(),
  partitionKey: z.string(),
  sortKey: z.string().optional(),
  indexes: z.array(IndexSpec).default([]),
  items: ItemsSpec.optional(),
  ttl: z.string().optional().describe('Attribute by which items expire.'),
  stream: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']).optional(),
  pointInTimeRecovery: z.boolean().default(false),
  deletionProtection: z.boolean().default(false),
  tags: z.record(z.string(), z.string()).default({}),
  policy: z.string().optional().describe('Its resource policy, as JSON.'),
  backups: z.array(BackupSpec).default([]),
  alarms: z.array(AlarmSpec).default([]).describe('CloudWatch alarms of its metrics.'),
  exports: z.array(ExportSpec).default([]).describe('Exports to buckets that were made and have ended.'),
});
export type TableSpec = z.infer<typeof TableSpec>;

/** What the cloud's dynamodb begins with. */
export const DynamoDbEstate = z.strictObject({
  tables: z.array(TableSpec).default([]),
  timings: DynamoDbTimings.prefault({}),
});
export type DynamoDbEstate = z.infer<typeof DynamoDbEstate>;
