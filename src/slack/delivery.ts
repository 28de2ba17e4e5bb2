import { Refusal } from '../domain/errors.ts';
import type { Delivery } from '../domain/ports/courier.ts';
import { brokenInstallation, troubleOf } from './slack-errors.ts';

/** Real milliseconds. */
const wait = { unknown: 5_000, broken: 60_000 };

/** What Slack's refusals mean for a message, and what to do about them. */
const sentences: Record<string, string> = {
  channel_not_found: 'the channel does not exist, or Muster was not invited to it: invite it with /invite @muster',
  not_in_channel: 'Muster is not in the channel: invite it with /invite @muster',
  is_archived: 'the channel is archived: unarchive it, or name another in muster.yml',
  restricted_action: 'a workspace preference forbids it: an administrator can allow it',
  msg_too_long: 'the message is too long for Slack',
  msg_blocks_too_long: 'the message is too long for Slack',
  invalid_blocks: 'Slack does not take the message as it is built',
  message_not_found: 'the message was deleted',
  cant_update_message: 'the message is not Muster’s to change',
  edit_window_closed: 'the workspace no longer lets this message be changed',
  file_uploads_disabled: 'the workspace takes no files',
  user_not_found: 'the person is not in this workspace: mend their Slack id in muster.yml',
};

/** Turns a failed attempt into what the delivery loop does next. `what` names the thing that was to go out. */
export function deliveryOf(error: unknown, what: string): Delivery {
  if (error instanceof Refusal) return { state: 'refused', why: error.message };
  const trouble = troubleOf(error);
  const later = (ms: number, why: string): Delivery => ({ state: 'later', why, afterMs: ms });
  if (trouble.kind === 'rate-limited') {
    const why = `${what}: Slack asks to wait for ${trouble.seconds} seconds.`;
    return { state: 'later', why, afterMs: trouble.seconds * 1000, untouched: true };
  }
  if (trouble.kind === 'unknown') return later(wait.unknown, `${what} did not get through: ${trouble.error}.`);
  const broken = brokenInstallation[trouble.error];
  if (broken !== undefined) return later(wait.broken, `${what} waits: ${broken}.`);
  return {
    state: 'refused',
    why: `${what} was refused: ${sentences[trouble.error] ?? `Slack says ${trouble.error}`}.`,
  };
}
