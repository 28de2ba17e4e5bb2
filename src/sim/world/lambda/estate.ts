import { z } from 'zod';

/** What the cloud's lambda begins with. */
export const LambdaEstate = z.strictObject({});
export type LambdaEstate = z.infer<typeof LambdaEstate>;
