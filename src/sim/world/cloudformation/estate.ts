import { z } from 'zod';

const wait = (ms: number, what: string) => z.number().int().min(0).default(ms).describe(what);

const StackSpec = z.strictObject({
  region: z.string(),
  name: z.string(),
  /** YAML or JSON, as it was last deployed. */
  template: z.string(),
  parameters: z.record(z.string(), z.string()).default({}),
  capabilities: z.array(z.string()).default([]),
  tags: z.record(z.string(), z.string()).default({}),
  protected: z.boolean().default(false).describe('Termination protection.'),
});

/** What the cloud's CloudFormation begins with. */
export const CloudFormationEstate = z.strictObject({
  stacks: z.array(StackSpec).default([]),
  /** Resources by explicit name that no stack owns: one of that name cannot be created. */
  orphans: z.array(z.strictObject({ region: z.string(), type: z.string(), name: z.string() })).default([]),
  changeSetMs: wait(8_000, 'A change set is being made.'),
  resourceMs: wait(20_000, 'Creating, changing or deleting one resource.'),
  rollbackMs: wait(60_000, 'Putting everything back.'),
});
export type CloudFormationEstate = z.infer<typeof CloudFormationEstate>;
