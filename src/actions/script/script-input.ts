import { z } from 'zod';

export const ScriptInput = z.strictObject({
  script: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'expected the name of a script in muster.yml, such as verify-data')
    .describe('Its name under scripts: in muster.yml.'),
  arguments: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .default({})
    .describe('By the names that muster.yml gives them.'),
});
export type ScriptInput = z.output<typeof ScriptInput>;

export const ScriptOutput = z.strictObject({
  output: z.string().describe('The last that it wrote, secrets left out.'),
  seconds: z.number().describe('How long it ran, in seconds.'),
});
export type ScriptOutput = z.output<typeof ScriptOutput>;
