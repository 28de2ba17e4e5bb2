import { z } from 'zod';
import { Json } from './json.ts';

const Bag = z.record(z.string(), Json);

/** One statement of a function's own policy. */
export const SavedStatement = z.object({ Sid: z.string() }).catchall(Json);
export type SavedStatement = z.infer<typeof SavedStatement>;

/** A queue or stream that a function takes from, as a request for the same would have it. */
export const SavedSource = z.object({ EventSourceArn: z.string() }).catchall(Json);
export type SavedSource = z.infer<typeof SavedSource>;

/** One function as it was saved: everything but its code, which lies beside. */
export const SavedFunction = z.object({
  name: z.string(),
  /** Base64, as Lambda says it. */
  sha256: z.string(),
  /** Bytes of its code; 0 for an image. */
  size: z.number(),
  /** Where its code lies under the folder; null for an image, which stays in its registry. */
  file: z.string().nullable(),
  image: z.string().nullable(),
  /** As a request for the same function would have them. */
  settings: Bag,
  tags: z.record(z.string(), z.string()),
  reserved: z.number().nullable(),
  aliases: z.array(z.object({ name: z.string(), version: z.string(), sha256: z.string() })),
  sources: z.array(SavedSource),
  policy: z.array(SavedStatement),
  layers: z.array(z.object({ arn: z.string(), file: z.string(), sha256: z.string() })),
});
export type SavedFunction = z.infer<typeof SavedFunction>;

/** What a folder of saved functions holds. It is written last: a folder without it is no backup. */
export const BackupManifest = z.object({
  version: z.literal(1),
  made_at: z.string(),
  made_by: z.string(),
  region: z.string(),
  functions: z.array(SavedFunction),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export const manifestName = 'manifest.json';

/** `lambda-backups/20260301T120000Z-3k9x-save`: in the order of time by their names. */
export function backupFolder(prefix: string, at: Date, by: string): string {
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${prefix.replace(/\/+$/, '')}/${stamp}-${by}`;
}
