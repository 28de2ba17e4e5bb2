import { z } from 'zod';

/** What the cloud's dynamodb begins with. */
export const DynamoDbEstate = z.strictObject({});
export type DynamoDbEstate = z.infer<typeof DynamoDbEstate>;
