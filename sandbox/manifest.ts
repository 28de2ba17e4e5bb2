import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

const Manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  features: z
    .object({
      slash_commands: z.array(z.object({ should_escape: z.boolean().default(false) })).default([]),
      shortcuts: z.array(z.object({ name: z.string(), type: z.string(), callback_id: z.string() })).default([]),
    })
    .prefault({}),
  settings: z
    .object({ event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}) })
    .prefault({}),
});

/** What the app's manifest asks Slack for: the simulated workspace gives that, and nothing more. */
export interface Granted {
  scopes: readonly string[];
  events: readonly string[];
  shouldEscape: boolean;
  /** In the menu of a message. */
  shortcuts?: readonly { name: string; callbackId: string }[];
}

export async function readManifest(file = join(projectRoot(), 'manifest.yml')): Promise<Granted> {
  const manifest = Manifest.parse(parse(await readFile(file, 'utf8')));
  return {
    scopes: manifest.oauth_config.scopes.bot,
    events: manifest.settings.event_subscriptions.bot_events,
    shortcuts: manifest.features.shortcuts
      .filter((one) => one.type === 'message')
      .map((one) => ({ name: one.name, callbackId: one.callback_id })),
    shouldEscape: manifest.features.slash_commands.some((command) => command.should_escape),
  };
}

/** The folder that holds package.json, from the sources as from what was built of them. */
export function projectRoot(from = dirname(fileURLToPath(import.meta.url))): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const up = dirname(from);
  if (up === from) throw new Error('No package.json above the sandbox: run it from a checkout of Muster.');
  return projectRoot(up);
}
