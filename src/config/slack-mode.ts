import { Refusal } from '../domain/errors.ts';
import type { Settings } from './settings.ts';

export type SlackMode =
  | { mode: 'http'; botToken: string; signingSecret: string }
  | { mode: 'socket'; botToken: string; appToken: string };

/** How Slack reaches Muster. Throws `Refusal` naming the variable that is missing, or the two that contradict. */
export function readSlackMode({ slack }: Settings): SlackMode {
  const { botToken, signingSecret, appToken } = slack;
  if (!botToken) throw new Refusal('SLACK_BOT_TOKEN is missing: set it to the bot token (xoxb-…) of the Slack app.');
  if (signingSecret && appToken) {
    throw new Refusal(
      'SLACK_SIGNING_SECRET and SLACK_APP_TOKEN are both set: keep the first for HTTP, or the second for Socket Mode.',
    );
  }
  if (signingSecret) return { mode: 'http', botToken, signingSecret };
  if (appToken) return { mode: 'socket', botToken, appToken };
  throw new Refusal(
    'SLACK_BOT_TOKEN is set, but neither SLACK_SIGNING_SECRET nor SLACK_APP_TOKEN: set the first for HTTP, or the second (xapp-…) for Socket Mode.',
  );
}
