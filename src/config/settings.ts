import { z } from 'zod';
import { Refusal } from '../domain/errors.ts';

/** What the environment says. Holds secrets: never log it whole. Source: docs/configuration.md. */
export interface Settings {
  slack: { botToken?: string; signingSecret?: string; appToken?: string; apiUrl?: string };
  statuspage: { apiUrl?: string; apiKey?: string };
  /** PostgreSQL; without it the embedded store in `dataDir`. */
  databaseUrl?: string;
  /** Folder of the embedded store and the control socket. */
  dataDir: string;
  /** Folder with `muster.yml`, `commands/` and `templates/`. */
  homeDir: string;
  port: number;
  /** A mail server, with its password. */
  smtpUrl?: string;
  /** What pages are signed with. */
  pagerSecret?: string;
  /** Another AWS endpoint than the real one, for every service. */
  awsEndpointUrl?: string;
  /** The Region that Muster itself runs in, if it runs in AWS. */
  ownRegion?: string;
  /** A Region's name: runs may leave it although Muster runs there. */
  allowActiveRegion?: string;
  logLevel: LogLevel;
  /** Tests: where the process ends itself. */
  crashAt?: { point: string; detail?: string };
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const httpUrl = z.url({ protocol: /^https?$/, error: 'should be an http or https address' }).optional();
const word = z.string().optional();
const shortestSecret = 16;

const Environment = z.object({
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith('xoxb-', 'should begin with xoxb-: copy the bot token of the Slack app')
    .optional(),
  SLACK_SIGNING_SECRET: word,
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'should begin with xapp-: copy the app-level token of the Slack app')
    .optional(),
  SLACK_API_URL: httpUrl,
  STATUSPAGE_API_URL: httpUrl,
  STATUSPAGE_API_KEY: word,
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'should be an address such as postgres://user@host/database' })
    .optional(),
  MUSTER_DATA: z.string().default('./.muster'),
  MUSTER_HOME: z.string().default('.'),
  PORT: z.coerce
    .number('should be a port from 0 to 65535')
    .int('should be a port from 0 to 65535')
    .min(0, 'should be a port from 0 to 65535')
    .max(65_535, 'should be a port from 0 to 65535')
    .default(3000),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, hostname: /./, error: 'should be an address such as smtps://user@host:465' })
    .refine(isDecodable, 'should have its user and password percent-encoded: write % as %25')
    .optional(),
  MUSTER_PAGER_SECRET: z
    .string()
    .min(shortestSecret, `should have at least ${shortestSecret} characters: make it a long random text`)
    .optional(),
  AWS_ENDPOINT_URL: httpUrl,
  AWS_REGION: word,
  MUSTER_ALLOW_ACTIVE_REGION: word,
  MUSTER_LOG_LEVEL: z.enum(logLevels, `should be one of ${logLevels.join(', ')}`).default('info'),
  MUSTER_CRASH_AT: z
    .string()
    .regex(/^[a-z]+(\.[a-z]+)+(:.+)?$/, 'should be a crash point such as step.called or step.called:promote')
    .optional(),
});
type Environment = z.infer<typeof Environment>;

/** Reads the variables that Muster knows. Throws `Refusal` naming each that is wrong, never its value. */
export function readSettings(env: Record<string, string | undefined>): Settings {
  const known = Object.keys(Environment.shape).map((name) => [
    name,
    Object.hasOwn(env, name) ? blank(env[name]) : undefined,
  ]);
  const result = Environment.safeParse(Object.fromEntries(known));
  if (result.success) return toSettings(result.data);
  const sentences = result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`);
  throw new Refusal([...new Set(sentences)].join(' '));
}

/** An empty variable is one that is not set, as compose files and shells write it. */
function blank(value: string | undefined): string | undefined {
  const text = value?.trim();
  return text === '' ? undefined : text;
}

function toSettings(env: Environment): Settings {
  return {
    slack: given({
      botToken: env.SLACK_BOT_TOKEN,
      signingSecret: env.SLACK_SIGNING_SECRET,
      appToken: env.SLACK_APP_TOKEN,
      apiUrl: env.SLACK_API_URL,
    }),
    statuspage: given({ apiUrl: env.STATUSPAGE_API_URL, apiKey: env.STATUSPAGE_API_KEY }),
    dataDir: env.MUSTER_DATA,
    homeDir: env.MUSTER_HOME,
    port: env.PORT,
    logLevel: env.MUSTER_LOG_LEVEL,
    ...given({
      databaseUrl: env.DATABASE_URL,
      smtpUrl: env.SMTP_URL,
      pagerSecret: env.MUSTER_PAGER_SECRET,
      awsEndpointUrl: env.AWS_ENDPOINT_URL,
      ownRegion: env.AWS_REGION,
      allowActiveRegion: env.MUSTER_ALLOW_ACTIVE_REGION,
      crashAt: env.MUSTER_CRASH_AT === undefined ? undefined : crashAt(env.MUSTER_CRASH_AT),
    }),
  };
}

function crashAt(text: string): { point: string; detail?: string } {
  const [point = text, ...detail] = text.split(':');
  return detail.length > 0 ? { point, detail: detail.join(':') } : { point };
}

/** What is no address at all is told as such. */
function isDecodable(address: string): boolean {
  if (!URL.canParse(address)) return true;
  const { username, password } = new URL(address);
  try {
    for (const part of [username, password]) decodeURIComponent(part);
    return true;
  } catch {
    return false;
  }
}

/** The fields that have a value. */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
