import { z } from 'zod';

/** What the cloud's cloudformation begins with. */
export const CloudFormationEstate = z.strictObject({});
export type CloudFormationEstate = z.infer<typeof CloudFormationEstate>;
