import { z } from 'zod';
import { region } from '../kit/fields.ts';
import { secretName, valueKey } from '../secrets/secret.ts';
import { parameterName } from './parameter.ts';

const sources = ['value', 'from_secret', 'version'] as const;

export const SetInput = z
  .strictObject({
    region,
    name: parameterName,
    value: z
      .string()
      .min(1, 'expected a text')
      .max(4_096, 'expected at most 4096 characters')
      .optional()
      .describe('What it is to hold, such as the name of a table or an endpoint: never a secret.'),
    from_secret: z
      .strictObject({ secret: secretName, key: valueKey })
      .optional()
      .describe('The secret, in the same Region, whose password it is to hold; for a SecureString.'),
    version: z.int().min(1).optional().describe('The version whose value it is to hold again.'),
  })
  .refine((input) => sources.filter((source) => input[source] !== undefined).length === 1, {
    path: ['value'],
    message: 'expected one of value, from_secret and version',
  });
export type SetInput = z.output<typeof SetInput>;

export const SetOutput = z.strictObject({
  name: z.string().describe('Parameter name.'),
  version: z.int().describe('Version that is current now.'),
});
