import { z } from 'zod';

/** What the cloud's ssm begins with. */
export const SsmEstate = z.strictObject({
  parameters: z
    .array(
      z.strictObject({
        region: z.string(),
        name: z.string(),
        type: z.enum(['String', 'StringList', 'SecureString']).default('String'),
        value: z.string(),
        /** How long before the beginning it was last set, milliseconds. */
        ageMs: z.int().min(0).default(86_400_000),
        keyId: z.string().default('alias/aws/ssm').describe('Of a SecureString: the key that encrypts it.'),
      }),
    )
    .default([]),
});
export type SsmEstate = z.infer<typeof SsmEstate>;
