import { z } from 'zod';

const tally = z.number().int().min(0);

const ObjectSpec = z.strictObject({
  key: z.string(),
  text: z.string().optional(),
  /** How long before the world begins it was written, in minutes; long ago if absent. */
  minutesOld: tally.optional(),
  /** A size in bytes that stands for contents that nobody reads. */
  size: tally.optional(),
  /** It was uploaded in so many parts: its ETag is no MD5. */
  parts: z.number().int().min(2).optional(),
});
export type ObjectSpec = z.infer<typeof ObjectSpec>;

/** Many small objects, written one after the other; the last of them `minutesOld` minutes ago. */
const ManySpec = z.strictObject({
  prefix: z.string(),
  count: z.number().int().min(1),
  everyMinutes: z.number().int().min(1).default(10),
  minutesOld: tally.default(30),
});
export type ManySpec = z.infer<typeof ManySpec>;

const RuleSpec = z.strictObject({
  to: z.string().describe('Destination bucket.'),
  role: z.string(),
  prefix: z.string().default(''),
  /** Set up so many minutes ago: what is older was never replicated. Always, if absent. */
  minutesOld: tally.optional(),
});
export type RuleSpec = z.infer<typeof RuleSpec>;

export const BucketSpec = z.strictObject({
  region: z.string(),
  name: z.string(),
  /** Another account has this name. */
  taken: z.boolean().optional(),
  versioning: z.enum(['Enabled', 'Suspended']).optional(),
  replication: z.array(RuleSpec).optional(),
  objects: z.array(ObjectSpec).optional(),
  many: z.array(ManySpec).optional(),
});
export type BucketSpec = z.infer<typeof BucketSpec>;
