import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';
import { advice } from '../domain/nearest.ts';
import { readSettings, type Settings } from './settings.ts';

/** Where a sandbox says how a terminal beside it speaks to it, below the folder that it was started in. */
export const sandboxDoorFile = join('.muster', 'sandbox', 'terminal.json');

/** Keys are simulated: good in that sandbox and nowhere else. */
export const SandboxDoor = z.strictObject({
  dataDir: z.string(),
  homeDir: z.string(),
  stsUrl: z.url(),
  people: z.record(z.string(), z.object({ accessKeyId: z.string(), secretAccessKey: z.string() })),
});
export type SandboxDoor = z.infer<typeof SandboxDoor>;

/** Settings and keys of one of the sandbox's people. Refuses when no sandbox was started here, or nobody is called so. */
export async function readSandboxDoor(
  as: string | undefined,
): Promise<{ settings: Settings; credentials: SandboxDoor['people'][string] }> {
  const text = await readFile(resolve(sandboxDoorFile), 'utf8').catch(() => null);
  if (text === null) throw new Refusal('No sandbox was started from this folder: `npm start` starts one.');
  const { dataDir, homeDir, stsUrl, people } = SandboxDoor.parse(JSON.parse(text));
  const names = Object.keys(people);
  if (as === undefined) throw new Refusal(`As whom? Add --as with one of ${names.join(', ')}.`);
  const credentials = Object.hasOwn(people, as) ? people[as] : undefined;
  if (credentials === undefined) throw new Refusal(`${as} is nobody in the sandbox: ${advice(as, names)}`);
  const settings = readSettings({ MUSTER_DATA: dataDir, MUSTER_HOME: homeDir, AWS_ENDPOINT_URL: stsUrl });
  return { settings, credentials };
}
