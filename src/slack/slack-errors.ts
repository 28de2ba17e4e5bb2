import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { Refusal } from '../domain/errors.ts';
import { hideTokens } from '../domain/secret-text.ts';

/** What a failed call to Slack comes to. */
export type SlackTrouble =
  /** Slack said no: nothing was done. */
  | { kind: 'refused'; error: string }
  | { kind: 'rate-limited'; seconds: number }
  /** No answer, or one that is none: it may have been done. */
  | { kind: 'unknown'; error: string };

/** Platform errors that say only that Slack is unwell. */
const unwell = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'];

export function troubleOf(error: unknown): SlackTrouble {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'rate-limited', seconds: error.retryAfter };
  if (error instanceof WebAPIPlatformError) {
    const said = hideTokens(error.data.error);
    if (said === 'ratelimited') return { kind: 'rate-limited', seconds: 30 };
    return unwell.includes(said) ? { kind: 'unknown', error: said } : { kind: 'refused', error: said };
  }
  if (error instanceof WebAPIHTTPError) return { kind: 'unknown', error: `HTTP ${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { kind: 'unknown', error: hideTokens(error.original.message) };
  return { kind: 'unknown', error: error instanceof Error ? hideTokens(error.message) : 'no answer' };
}

/** Slack's word for what went wrong, if it said no. */
export function refusalOf(error: unknown): string | null {
  const trouble = troubleOf(error);
  return trouble.kind === 'refused' ? trouble.error : null;
}

/** Faults of the installation, which somebody mends: words wait for it rather than get lost. */
export const brokenInstallation: Record<string, string> = {
  invalid_auth: 'Slack does not know this bot token',
  not_authed: 'no bot token was sent',
  account_inactive: 'the app was removed from the workspace',
  token_revoked: 'the bot token was revoked',
  token_expired: 'the bot token has expired',
  missing_scope: 'the app lacks a scope: install it again with manifest.yml',
  org_login_required: 'the workspace is being moved to an organisation',
};

/** A file's bytes did not arrive: nothing was shared, and it may be tried again. */
export class UploadFailed extends Error {
  override readonly name = 'UploadFailed';
}

const answers = [
  Refusal,
  UploadFailed,
  WebAPIRateLimitedError,
  WebAPIPlatformError,
  WebAPIHTTPError,
  WebAPIRequestError,
];

/** What Slack, the way to it, or a rule of ours says; anything else is a fault in how the word was built. */
export function isAnswer(error: unknown): boolean {
  return answers.some((kind) => error instanceof kind);
}
