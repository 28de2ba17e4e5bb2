import { z } from 'zod';

const wait = (ms: number, what: string) => z.number().int().min(0).default(ms).describe(what);
const addresses = z.array(z.string()).default([]);

/** What the programs of the home would do; nothing of them is really run. */
export const ProgramsEstate = z.strictObject({
  scripts: z
    .record(
      z.string(),
      z.strictObject({
        ms: wait(30_000, 'How long it runs.'),
        exit: z.number().int().min(0).max(255).default(0),
        output: z.string().default('Simulated: nothing was run.'),
      }),
    )
    .default({})
    .describe('By id; one that is not here ends well.'),
  terraform: z
    .record(
      z.string(),
      z.strictObject({
        workspaces: z.record(z.string(), addresses).default({}).describe('Besides default: what is in their state.'),
        plans: z
          .record(z.string(), z.strictObject({ workspace: z.string(), digest: z.string() }))
          .default({})
          .describe('Plan files that were made before, by their name.'),
        wanted: addresses.describe('What the configuration describes; what a state has besides is destroyed.'),
        planMs: wait(40_000, 'How long a plan takes.'),
        applyMs: wait(240_000, 'How long an apply or a destroy takes.'),
      }),
    )
    .default({})
    .describe('By the name that muster.yml gives the configuration.'),
});
export type ProgramsEstate = z.infer<typeof ProgramsEstate>;
