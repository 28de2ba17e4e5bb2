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
  'conversations.invite': ['channels:manage'],
  'conversations.join': ['channels:join'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history'],
  'conversations.setTopic': ['channels:manage'],
  'pins.add': ['pins:write'],
  'usergroups.users.list': ['usergroups:read'],
  'views.open': [],
  'views.update': [],
};

const Manifest = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), url: z.string() })),
    shortcuts: z.array(z.unknown()).optional(),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()) }).optional(),
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
    const command = found(/app\.command\('([^']+)'/g).length > 0 ? ['commands'] : [];
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...used, ...command].sort());
  });

  it('names exactly the commands, events and shortcuts that are listened to', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(found(/app\.command\('([^']+)'/g));
    expect(manifest.settings.event_subscriptions?.bot_events ?? []).toEqual(found(/app\.event\('([^']+)'/g));
    expect(manifest.features.shortcuts ?? []).toEqual(found(/app\.shortcut\('([^']+)'/g));
    expect(manifest.settings.interactivity.is_enabled).toBe(/app\.(action|view)/.test(source));
  });

  it('has one address for everything', () => {
    const urls = [
      ...manifest.features.slash_commands.map(({ url }) => url),
      manifest.settings.interactivity.request_url,
    ];
    expect(new Set(urls).size).toBe(1);
    expect(urls[0]).toMatch(/\/slack\/events$/);
  });
});
