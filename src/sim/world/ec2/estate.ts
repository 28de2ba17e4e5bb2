import { z } from 'zod';

/** What the cloud's ec2 begins with. */
export const Ec2Estate = z.strictObject({});
export type Ec2Estate = z.infer<typeof Ec2Estate>;
