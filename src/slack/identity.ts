import type { WebClient } from '@slack/web-api';
import { Refusal } from '../domain/errors.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Log } from './log.ts';
import { brokenInstallation, type SlackTrouble, troubleOf } from './slack-errors.ts';

/** Who we are in this workspace, as far as Slack has said so. */
export interface Identity {
  user: string | null;
  bot: string | null;
  team: string | null;
  /** Ids of the workspace, and of the organisation that it may be part of. */
  workspace: string | null;
  enterprise: string | null;
  /** Why Slack has not said so yet. */
  why: string | null;
}

/** Milliseconds of real time between two questions while Slack does not answer. */
const pause = 10_000;

/**
 * Asks Slack once who we are. A token that Slack refuses ends the start; a Slack that does not answer does not, for
 * recovery goes on without it: it is asked again until `signal`.
 */
export async function identify(deps: {
  client: WebClient;
  real: Clock;
  log: Log;
  signal: AbortSignal;
}): Promise<Identity> {
  const identity: Identity = { user: null, bot: null, team: null, workspace: null, enterprise: null, why: null };
  const trouble = await askOnce(deps.client, identity);
  if (trouble?.kind === 'refused') throw new Refusal(refusedToken(trouble.error));
  if (trouble !== null) {
    deps.log.warn({ trouble }, 'Slack does not answer yet; everything else goes on, and it is asked again.');
    void askAgain(deps, identity);
  }
  return identity;
}

async function askAgain(
  deps: { client: WebClient; real: Clock; log: Log; signal: AbortSignal },
  identity: Identity,
): Promise<void> {
  while (!deps.signal.aborted) {
    const stopped = await deps.real.sleep(pause, deps.signal).then(
      () => false,
      () => true,
    );
    if (stopped || (await askOnce(deps.client, identity)) === null) return;
  }
}

async function askOnce(client: WebClient, identity: Identity): Promise<SlackTrouble | null> {
  try {
    const {
      user_id: user,
      bot_id: bot,
      team,
      team_id: workspace,
      enterprise_id: enterprise,
    } = await client.auth.test();
    const ids = { user: user ?? null, bot: bot ?? null, workspace: workspace ?? null, enterprise: enterprise ?? null };
    Object.assign(identity, { ...ids, team: team ?? null, why: null });
    return null;
  } catch (error) {
    const trouble = troubleOf(error);
    identity.why = trouble.kind === 'rate-limited' ? 'Slack asks to wait' : `Slack: ${trouble.error}`;
    return trouble;
  }
}

function refusedToken(error: string): string {
  const why = brokenInstallation[error] ?? `Slack says ${error}`;
  return `SLACK_BOT_TOKEN is refused: ${why}. Copy the Bot User OAuth Token (xoxb-…) of the installed app again.`;
}
