import { z } from 'zod';

/** What the cloud's ssm begins with. */
export const SsmEstate = z.strictObject({});
export type SsmEstate = z.infer<typeof SsmEstate>;
