import { z } from 'zod';

/** What the cloud's secretsmanager begins with. */
export const SecretsEstate = z.strictObject({});
export type SecretsEstate = z.infer<typeof SecretsEstate>;
