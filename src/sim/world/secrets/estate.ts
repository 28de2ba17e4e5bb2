import { z } from 'zod';

/** What the cloud's secretsmanager begins with. Its values open nothing but what is simulated. */
export const SecretsEstate = z.strictObject({
  secrets: z
    .array(
      z.strictObject({
        region: z.string(),
        name: z.string(),
        /** The oldest first. */
        versions: z
          .array(z.strictObject({ id: z.string().min(32), value: z.string(), stages: z.array(z.string()) }))
          .min(1),
      }),
    )
    .default([]),
});
export type SecretsEstate = z.infer<typeof SecretsEstate>;
