import { z } from 'zod';
import { count, instant, region } from '../kit/fields.ts';
import { storeFields } from './backup-store.ts';

export const RestoreInput = z.strictObject({
  region: region.describe('Region that the functions are to be in.'),
  ...storeFields,
  folder: z
    .string()
    .regex(/^[^/].*\/\d{8}T\d{6}Z-[^/]+$/, 'expected the folder of one backup, as lambda.check-backups gives it')
    .describe('Folder of the backup, as lambda.check-backups gives it.'),
  functions: z
    .string()
    .regex(/^[A-Za-z0-9_-]{0,64}$/, 'expected the beginning of function names')
    .default('')
    .describe('Only functions whose names begin so.'),
  suffix: z
    .string()
    .regex(/^(-[A-Za-z0-9_-]{1,30})?$/, 'expected a suffix such as -dr-test')
    .default('')
    .describe('Put behind every name, to try a restore beside what is there.'),
  environment: z
    .record(z.string(), z.string())
    .default({})
    .describe('Variables that are other here than they were saved; no secrets.'),
});
export type RestoreInput = z.output<typeof RestoreInput>;

export const RestoreOutput = z.strictObject({
  functions: z.array(z.string()).describe('Functions that are as they were saved.'),
  created: count.describe('Functions that were not there before.'),
  left_out: z.array(z.string()).describe('What could not be taken to this Region or name.'),
});

/** What each function needed first when it was captured. */
export const RestoreCaptured = z.strictObject({ at: instant, needed: z.record(z.string(), z.string()) });

export const RestoreReceipt = z.strictObject({
  at: instant,
  created: z.array(z.string()).describe('Functions that were not there before.'),
});
