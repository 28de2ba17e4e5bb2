import { pino } from 'pino';
import type { LogLevel } from '../config/settings.ts';

export type MusterLog = ReturnType<typeof createLog>;

/** Structured logs on standard error; what could hold a secret is left out by name. */
export function createLog(level: LogLevel): pino.Logger {
  const secret = ['token', 'secret', 'password', 'authorization', 'apiKey', 'signingSecret', 'databaseUrl'];
  return pino(
    {
      level,
      base: null,
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[secret]' },
    },
    pino.destination(2),
  );
}
