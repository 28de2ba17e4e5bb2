import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FarEnds, startFarEnds } from '../../sandbox/far-ends.ts';
import { createScaledClock } from '../../src/clock/scaled-clock.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { root } from './child.ts';

/** Strict stand-ins for Slack, Statuspage and STS, which go by real time as the real entry does. */
export async function startStandIns(): Promise<FarEnds> {
  const home = parseHome(await readFile(join(root, 'examples/acme/muster.yml'), 'utf8'), 'muster.yml');
  const now = new Date();
  const clock = createScaledClock({ realOrigin: now, origin: now, scale: 1 });
  return startFarEnds({ home, clock, cloud: exampleCloud('acme'), rateLimits: false });
}

export type SlackBy = 'HTTP' | 'Socket Mode';

/** The variables that point a program at the stand-in Slack. */
export function slackEnv({ slack }: FarEnds, by: SlackBy = 'HTTP'): Record<string, string> {
  const way: Record<string, string> =
    by === 'HTTP' ? { SLACK_SIGNING_SECRET: slack.tokens.signingSecret } : { SLACK_APP_TOKEN: slack.tokens.app };
  return { SLACK_API_URL: slack.url, SLACK_BOT_TOKEN: slack.tokens.bot, ...way };
}
