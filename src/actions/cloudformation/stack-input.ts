import { z } from 'zod';
import { HomePath } from '../../domain/home.ts';
import { instant, region } from '../kit/fields.ts';

export const stackName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'expected the name of a stack such as orders-pipeline')
  .describe('Name of the stack.');

export const suffix = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected a word such as drill');

const value = z.union([z.string().max(4_096), z.number(), z.boolean()]).transform(String);
const parameters = z.record(z.string().regex(/^[A-Za-z0-9]+$/, 'expected the name of a parameter'), value);
const capability = z.enum(['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']);

export const DeployInput = z
  .strictObject({
    region,
    stack: stackName,
    suffix: suffix
      .optional()
      .describe("Deploys a new stack beside, of this run alone: its name is the stack's, this, and the run's."),
    template: HomePath.optional().describe(
      'File of the home, at most 51,200 bytes; without it the stack keeps the template that it has.',
    ),
    parameters: parameters
      .default({})
      .describe('By name. What is not given keeps its value; of a new stack, its default.'),
    capabilities: z.array(capability).default([]).describe('What the template needs leave for.'),
    body: z.string().max(51_200).optional().describe("A template's text, as undo puts it back."),
    remove: z
      .strictObject({ made_by: z.string().min(1) })
      .optional()
      .describe('Deletes the stack if that run has made it, as undo does.'),
  })
  .refine(({ template, body }) => template === undefined || body === undefined, {
    error: 'give a template or a body, not both',
    path: ['body'],
  })
  .refine(({ suffix, template, body }) => suffix === undefined || template !== undefined || body !== undefined, {
    error: 'a new stack needs a template',
    path: ['template'],
  });
export type DeployInput = z.output<typeof DeployInput>;

export const DeployOutput = z.strictObject({
  stack: z.string().describe('Name of the stack.'),
  status: z.string().describe('Its status, such as UPDATE_COMPLETE; DELETE_COMPLETE where it was removed.'),
  changes: z.array(z.string()).describe('What was changed: `Modify Queue (AWS::SQS::Queue)`.'),
  outputs: z.record(z.string(), z.string()).describe("The stack's own outputs, by name."),
});

export const DeployCaptured = z.strictObject({
  at: instant,
  owner: z.string(),
  stack: z.string(),
  /** Changes with every change of the stack: a change set is for one of them. */
  revision: z.string(),
  /** Null where there was no stack. */
  before: z
    .strictObject({
      id: z.string(),
      template: z.string(),
      parameters: z.record(z.string(), z.string()),
      capabilities: z.array(capability),
    })
    .nullable(),
});
export type DeployCaptured = z.output<typeof DeployCaptured>;

export const DeployReceipt = z.strictObject({
  at: instant,
  stack: z.string(),
  stack_id: z.string().nullable(),
  /** Null where nothing was to be changed. */
  change_set: z.string().nullable(),
  changes: z.array(z.string()),
});
export type DeployReceipt = z.output<typeof DeployReceipt>;
