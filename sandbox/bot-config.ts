import { z } from 'zod';
import { ClockAnchor } from '../src/clock/anchor.ts';

/** All that the bot's process is told, as one JSON value in `MUSTER_SANDBOX`; nothing else of the environment reaches it. */
export const BotConfig = z.strictObject({
  slackApiUrl: z.string(),
  botToken: z.string(),
  signingSecret: z.string(),
  /** Where it takes Slack's requests: `http://127.0.0.1:PORT/slack/events`. */
  port: z.int(),
  statuspageUrl: z.string(),
  statuspageKey: z.string(),
  /** A mail server. */
  smtpUrl: z.string().optional(),
  /** Instead of the pager in muster.yml. */
  pager: z.strictObject({ url: z.string(), secret: z.string() }).optional(),
  worldUrl: z.string(),
  stsUrl: z.string(),
  clockAnchor: ClockAnchor,
  homeDir: z.string(),
  dataDir: z.string(),
  logLevel: z.string(),
  /** PostgreSQL instead of the embedded store. */
  databaseUrl: z.string().optional(),
  /** Where the process ends itself, for tests: `step.called:promote`. */
  crashAt: z.string().optional(),
});
export type BotConfig = z.infer<typeof BotConfig>;

/** What the parent tells the running bot: time goes at another pace from now on. */
export const BotMessage = z.strictObject({ clock: ClockAnchor });
export type BotMessage = z.infer<typeof BotMessage>;
