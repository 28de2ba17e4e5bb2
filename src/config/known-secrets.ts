import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import { readVariable } from './process-env.ts';
import type { Settings } from './settings.ts';

/** What libraries read of the environment by themselves. */
const ambient = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CONTAINER_AUTHORIZATION_TOKEN', 'PGPASSWORD'];

/** A shorter text is no secret, and would be found in half of all words. */
const shortest = 6;

/**
 * Every secret that this process was given, so that its log can leave them out: tokens, keys, passwords of addresses, and
 * what `env:` references of the home and its commands stand for.
 */
export function knownSecrets(
  settings: Settings,
  { home, commands }: { home: Pick<Home, 'resources'>; commands: readonly Pick<Command, 'steps'>[] },
  read: (name: string) => string | undefined = readVariable,
): string[] {
  const { slack, statuspage, databaseUrl, smtpUrl, pagerSecret } = settings;
  const plain = [slack.botToken, slack.signingSecret, slack.appToken, statuspage.apiKey, pagerSecret];
  const keys = ambient.map(read);
  const referred = referencesIn([home.resources, commands]).map(read);
  const passwords = [databaseUrl, smtpUrl, ...referred].flatMap(passwordsOf);
  const all = [...plain, ...keys, ...referred, ...passwords].filter((secret) => secret !== undefined);
  return [...new Set(all)].filter((secret) => secret.length >= shortest);
}

function referencesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('env:') ? [value.slice('env:'.length)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(referencesIn);
}

/** As it stands in the address, and as it is once decoded. */
function passwordsOf(address: string | undefined): string[] {
  if (address === undefined || !URL.canParse(address)) return [];
  const { password } = new URL(address);
  return [password, decoded(password)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
