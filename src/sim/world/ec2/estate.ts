import { z } from 'zod';

const port = z.int().min(-1).max(65_535);

/** One rule as people write it; every rule allows, for a security group has no other. */
const RuleSpec = z.strictObject({
  protocol: z.string().default('tcp').describe('`tcp`, `udp`, `icmp`, or `-1` for all.'),
  from: port.optional().describe('First port; absent where the protocol has none.'),
  to: port.optional(),
  cidr: z.string().optional(),
  cidr6: z.string().optional(),
  group: z.string().optional().describe('Members of this group.'),
  prefixList: z.string().optional(),
  description: z.string().optional(),
});
export type RuleSpec = z.infer<typeof RuleSpec>;

const InstanceSpec = z.strictObject({
  region: z.string(),
  id: z.string(),
  name: z.string(),
  vpc: z.string(),
  interfaces: z.array(z.strictObject({ id: z.string(), groups: z.array(z.string()).min(1) })).min(1),
  volumes: z.array(z.strictObject({ id: z.string(), device: z.string(), sizeGb: z.int().min(1) })).default([]),
  /** ARN of the instance profile, whose role its programs act with. */
  profile: z.string().optional(),
  tags: z.record(z.string(), z.string()).default({}),
});

/** What the cloud's ec2 begins with. */
export const Ec2Estate = z.strictObject({
  securityGroups: z
    .array(
      z.strictObject({
        region: z.string(),
        id: z.string(),
        name: z.string(),
        description: z.string(),
        vpc: z.string(),
        inbound: z.array(RuleSpec).default([]),
        outbound: z.array(RuleSpec).default([]),
      }),
    )
    .default([]),
  instances: z.array(InstanceSpec).default([]),
  snapshotMs: z.int().min(0).default(180_000).describe('A volume snapshot stays `pending`.'),
  profileMs: z.int().min(0).default(5_000).describe('An instance profile takes to come or go.'),
});
export type Ec2Estate = z.infer<typeof Ec2Estate>;
