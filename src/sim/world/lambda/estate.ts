import { z } from 'zod';

const tally = z.number().int().min(0);

const FunctionSpec = z.strictObject({
  region: z.string(),
  name: z.string(),
  runtime: z.string().default('python3.12'),
  handler: z.string().default('index.handler'),
  role: z.string(),
  /** Seconds. */
  timeout: tally.default(30),
  /** Megabytes. */
  memory: tally.default(256),
  environment: z.record(z.string(), z.string()).default({}),
  layers: z.array(z.string()).default([]).describe('Layer version ARNs.'),
  /** Stands for the deployment package. */
  code: z.string().default('deployment package'),
  /** An image has no package. */
  image: z.string().optional(),
  reserved: tally.optional(),
  /** Versions that were published from the code as it is. */
  aliases: z.record(z.string(), tally).default({}),
  /** Services that may call it: `apigateway.amazonaws.com`, with the ARN that calls. */
  callers: z.array(z.strictObject({ id: z.string(), service: z.string(), source: z.string() })).default([]),
  tags: z.record(z.string(), z.string()).default({}),
  /** Events a minute that are handed to it without waiting for an answer. */
  asyncPerMinute: tally.default(0),
  /** Seconds that such an event may wait; six hours if absent. */
  eventAge: tally.optional(),
  /** ARN of the queue where they go then. */
  deadLetters: z.string().optional(),
  /** What has become of it since its backups were made. */
  since: z
    .strictObject({
      gone: z.boolean().default(false),
      code: z.string().optional(),
      memory: tally.optional(),
      published: z.boolean().optional().describe('Every alias leads to a version of this code.'),
      callers: z
        .array(z.strictObject({ id: z.string(), source: z.string() }))
        .optional()
        .describe('Other ARNs that call, under the id of a caller.'),
    })
    .optional(),
});
export type FunctionSpec = z.infer<typeof FunctionSpec>;

const EventSourceSpec = z.strictObject({
  region: z.string(),
  function: z.string(),
  source: z.string().describe('ARN of a queue or a stream.'),
  enabled: z.boolean().default(true),
  batchSize: tally.default(100),
  /** Seconds after which a stream's record is passed over; never if absent. */
  maximumRecordAge: tally.optional(),
});
export type EventSourceSpec = z.infer<typeof EventSourceSpec>;

const BackupSpec = z.strictObject({
  of: z.string().describe('Region of the functions.'),
  bucket: z.string(),
  prefix: z.string(),
  hoursAgo: tally,
});
export type BackupSpec = z.infer<typeof BackupSpec>;

/** What the cloud's lambda begins with. */
export const LambdaEstate = z.strictObject({
  /** Executions at once of a Region's functions together. */
  concurrency: tally.default(1_000),
  functions: z.array(FunctionSpec).default([]),
  eventSources: z.array(EventSourceSpec).default([]),
  layers: z.array(z.strictObject({ region: z.string(), arn: z.string(), code: z.string() })).default([]),
  /** Backups of a Region's functions as they are, made so many hours ago. */
  backups: z.array(BackupSpec).default([]),
});
export type LambdaEstate = z.infer<typeof LambdaEstate>;
