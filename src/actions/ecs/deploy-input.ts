import { z } from 'zod';
import { instant, label, region } from '../kit/fields.ts';
import type { Change } from './change.ts';
import { revisionName } from './definition.ts';

const variable = z.string().regex(/^[A-Za-z_][\w.-]*$/, 'expected the name of a variable');
const atLeastOne = (values: Record<string, string>): boolean => Object.keys(values).length > 0;

const oneForm = 'expected exactly one of: a change (image, environment, secrets), task_definition, and force';

export const DeployInput = z
  .strictObject({
    region,
    cluster: label.describe('Cluster name.'),
    service: label.describe('Service name.'),
    container: label.optional().describe('Container to change; needed where the task has several.'),
    image: label.optional().describe('Image of the container, best by digest or by a tag that is never moved.'),
    environment: z
      .record(variable, z.string().max(4_096))
      .refine(atLeastOne, 'expected at least one variable')
      .optional()
      .describe('Variables to set, by name; others stay. They can be read by whoever sees the plan: no passwords.'),
    secrets: z
      .record(variable, label)
      .refine(atLeastOne, 'expected at least one variable')
      .optional()
      .describe('Variables that ECS fills: the ARN of a secret or a parameter, by name; others stay.'),
    task_definition: revisionName
      .optional()
      .describe('A revision that exists, as family:revision, instead of a change.'),
    force: z.literal(true).optional().describe('Replace the tasks by new ones of the same revision.'),
  })
  .refine(
    ({ image, environment, secrets, task_definition: revision, force }) =>
      [image ?? environment ?? secrets, revision, force].filter((form) => form !== undefined).length === 1,
    oneForm,
  )
  .refine(
    ({ container, task_definition: revision, force }) => container === undefined || (revision ?? force) === undefined,
    'expected container only beside image, environment or secrets',
  );
export type DeployInput = z.output<typeof DeployInput>;

export const DeployCaptured = z.strictObject({
  at: instant,
  task_definition: revisionName.describe('What was deployed before.'),
  deployment: z.string().describe('The deployment before.'),
});

/** What is to be another in the task definition; null where an existing revision is deployed. */
export function changeOf(input: DeployInput): Change | null {
  const { container, image, environment, secrets } = input;
  return (image ?? environment ?? secrets) === undefined ? null : { container, image, environment, secrets };
}
