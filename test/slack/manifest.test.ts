import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

/** Bot scopes that each Web API method needs as it is used here, from Slack's reference of methods. */
const scopesOf: Record<string, readonly string[]> = {
  'auth.test': [],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.create': ['channels:manage'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.invite': ['channels:manage'],
  'conversations.join': ['channels:join'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.setTopic': ['channels:manage'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'pins.add': ['pins:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.update': [],
};

/** What a manifest names for an event that is listened to, and the scopes without which it never comes. */
const subscriptionsOf: Record<string, Record<string, string>> = {
  message: { 'message.channels': 'channels:history', 'message.groups': 'groups:history' },
  reaction_added: { reaction_added: 'reactions:read' },
  reaction_removed: { reaction_removed: 'reactions:read' },
};

const Manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), url: z.string() })),
    shortcuts: z.array(z.object({ name: z.string(), type: z.string(), callback_id: z.string() })).default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ request_url: z.string(), bot_events: z.array(z.string()) }),
    interactivity: z.object({ is_enabled: z.boolean(), request_url: z.string() }),
  }),
});

const text = parse(readFileSync(join(root, 'manifest.yml'), 'utf8'));
const manifest = Manifest.parse(text);
const source = readdirSync(join(root, 'src/slack'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src/slack', file), 'utf8'))
  .join('\n');

function found(pattern: RegExp): string[] {
  return [...new Set([...source.matchAll(pattern)].map((match) => match[1] ?? ''))].sort();
}

const listened = (): string[] => found(/app\.event\('([^']+)'/g);

describe('manifest.yml', () => {
  it("is valid by Slack's own schema", () => {
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, 'schema/slack-manifest.2.0.0.json'), 'utf8'));
    const ajv = new Ajv({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    validate(text);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('asks for exactly the scopes that the code uses', () => {
    const called = found(/\b(?:client|interactive|bulk)\.((?:[a-z]+\.)+[a-zA-Z]+)\(/g);
    expect(called).toEqual(Object.keys(scopesOf).sort());
    const used = new Set(called.flatMap((method) => scopesOf[method] ?? []));
    const command = found(/app\.(?:command|shortcut)\('([^']+)'/g).length > 0 ? ['commands'] : [];
    const events = listened().flatMap((event) => Object.values(subscriptionsOf[event] ?? {}));
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...new Set([...used, ...command, ...events])].sort());
  });

  it('names exactly the commands, events and shortcuts that are listened to', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(found(/app\.command\('([^']+)'/g));
    expect(listened()).toEqual(Object.keys(subscriptionsOf).sort());
    const subscriptions = listened().flatMap((event) => Object.keys(subscriptionsOf[event] ?? {}));
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(subscriptions.sort());
    const shortcuts = manifest.features.shortcuts.filter(({ type }) => type === 'message');
    expect(shortcuts.map(({ callback_id }) => callback_id)).toEqual(found(/app\.shortcut\('([^']+)'/g));
    expect(shortcuts).toHaveLength(manifest.features.shortcuts.length);
    expect(manifest.settings.interactivity.is_enabled).toBe(/app\.(action|view)/.test(source));
  });

  it('has one address for everything', () => {
    const urls = [
      ...manifest.features.slash_commands.map(({ url }) => url),
      manifest.settings.interactivity.request_url,
      manifest.settings.event_subscriptions.request_url,
    ];
    expect(new Set(urls).size).toBe(1);
    expect(urls[0]).toMatch(/\/slack\/events$/);
  });
});
