import { z } from 'zod';

export const tableName = z
  .string()
  .regex(/^[\w.-]{3,255}$/, "expected a table name of 3 to 255 letters, digits, '_', '-' and '.'");

export const backupArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:dynamodb:[a-z0-9-]+:\d{12}:table\/[\w.-]+\/backup\/[\w-]+$/,
    'expected the ARN of a DynamoDB backup, such as dynamodb.select-backup gives',
  );

/** How a restored table is named and encrypted, for whatever it is restored from. */
export const restoredFields = {
  target_table: tableName.optional().describe('Name of the new table; without it, the source, `suffix` and the run.'),
  suffix: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'expected up to 40 small letters, digits and hyphens')
    .default('restored')
    .describe('What the name of the new table has after its source.'),
  named_after: tableName
    .optional()
    .describe(
      'Name that the new one begins with instead of its source: the source may itself be one that was restored.',
    ),
  encryption_key: z
    .string()
    .min(1, 'expected a KMS key')
    .optional()
    .describe("KMS key of the new table's Region, by ARN or alias; from another Region AWS's own key if absent."),
};
