import { pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../config/settings.ts';

export type MusterLog = ReturnType<typeof createLog>;

const names = ['token', 'secret', 'password', 'authorization', 'apiKey', 'signingSecret', 'databaseUrl'];

/**
 * Structured logs, one JSON object a line: on standard output where a server writes them, on standard error beside the
 * answers of a terminal. Secrets are left out by their name, and those that this process knows by their value too.
 */
export function createLog(
  level: LogLevel,
  to: { stream?: 'stdout' | 'stderr'; secrets?: readonly string[] } = {},
): pino.Logger {
  const hide = hiding(to.secrets ?? []);
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
      ...(hide === null ? {} : { hooks: { streamWrite: hide } }),
    },
    pino.destination(to.stream === 'stdout' ? 1 : 2),
  );
}

/** A secret is met as it is, and as JSON writes it inside a text. */
function hiding(secrets: readonly string[]): ((line: string) => string) | null {
  const written = new Set(secrets.flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]));
  if (written.size === 0) return null;
  const longestFirst = [...written].sort((one, other) => other.length - one.length);
  return (line) => longestFirst.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
}
