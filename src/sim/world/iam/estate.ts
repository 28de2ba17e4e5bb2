import { z } from 'zod';

/** What the cloud's iam begins with. */
export const IamEstate = z.strictObject({});
export type IamEstate = z.infer<typeof IamEstate>;
