import { z } from 'zod';

/** What the cloud's iam begins with. */
export const IamEstate = z.strictObject({
  users: z
    .array(z.strictObject({ name: z.string(), accessKeys: z.array(z.string()).describe('Ids, `AKIA…`; all active.') }))
    .default([]),
  roles: z.array(z.strictObject({ name: z.string() })).default([]),
});
export type IamEstate = z.infer<typeof IamEstate>;
