import type { App } from '@slack/bolt';
import { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import type { Edge } from '../edge.ts';
import { keepAskOf, readMessage, SlackMessage, textOf } from '../kept-message.ts';
import { eventType } from '../read-back.ts';
import { commitThenAck } from './ack.ts';
import { carry } from './carry.ts';
import { insist } from './insist.ts';
import { tell } from './tell.ts';
import { createTurn, type Turn } from './turn.ts';

const pin = 'pushpin';

/** Messages that people keep: by the shortcut, by 📌, and what becomes of them afterwards. */
export function registerTimeline(app: App, edge: Edge): void {
  registerShortcut(app, edge);
  app.event('reaction_added', ({ event, context }) => reacted(edge, event, context.botId, keepPinned));
  app.event('reaction_removed', ({ event, context }) => reacted(edge, event, context.botId, unkeepPinned));
  app.event('message', ({ event, context }) => follow(edge, event, context.botId));
}

const Shortcut = z.looseObject({
  user: z.looseObject({ id: z.string() }),
  channel: z.looseObject({ id: z.string() }),
  message: SlackMessage,
  trigger_id: z.string(),
  response_url: z.string().optional(),
});

function registerShortcut(app: App, edge: Edge): void {
  app.shortcut('timeline.keep', async ({ ack, body, context }) => {
    const asked = Shortcut.safeParse(body).data;
    if (asked === undefined) return ack();
    const { user, channel, message, trigger_id: trigger, response_url: respondTo = null } = asked;
    const where = { channel: channel.id, respondTo: respondTo || null };
    const turn = createTurn(edge, { ...where, user: user.id, trigger, requestKey: context.requestKey });
    const commit = async (): Promise<void> => {
      const work = () => keep(edge, turn, { channel: channel.id, message, self: context.botId });
      await tell(edge, turn, await commitThenAck(edge, () => ack(), work));
    };
    await carry(edge, turn, commit, () => ack());
  });
}

async function keep(
  edge: Edge,
  turn: Turn,
  { channel, message, self }: { channel: string; message: SlackMessage; self: Self },
): Promise<string> {
  if ((await edge.incidents.byChannel(channel)) === null)
    throw new Refusal('This is not an incident’s channel: only what is said in one can be kept in its timeline.');
  if (isOurs(message, self)) throw new Refusal('What Muster says is in the timeline by itself.');
  await turn.fresh();
  return edge.incidents.timeline.keep(keepAskOf(edge.home, channel, message), turn.by);
}

const Reaction = z.looseObject({
  user: z.string(),
  reaction: z.string(),
  item: z.looseObject({ type: z.literal('message'), channel: z.string(), ts: z.string() }),
});
type Pinned = z.infer<typeof Reaction>['item'];

/** Bolt has answered Slack already: nobody tells of this again, so it is kept before anything else is done. */
async function reacted(
  edge: Edge,
  event: unknown,
  self: Self,
  work: (edge: Edge, turn: Turn, item: Pinned, self: Self) => Promise<void>,
): Promise<void> {
  const { user, reaction, item } = Reaction.safeParse(event).data ?? {};
  if (user === undefined || item === undefined || reaction?.split('::')[0] !== pin) return;
  const where = { channel: item.channel, respondTo: null };
  const turn = createTurn(edge, { ...where, user, trigger: null, requestKey: null });
  await carry(edge, turn, async () => {
    const incident = await insist(edge, () => edge.incidents.byChannel(item.channel));
    // Everywhere else 📌 is people's own.
    if (incident !== null) await work(edge, turn, item, self);
  });
}

async function keepPinned(edge: Edge, turn: Turn, { channel, ts }: Pinned, self: Self): Promise<void> {
  const message = await readMessage(edge, channel, ts);
  if (message === null || isOurs(message, self)) return;
  await insist(edge, () => edge.incidents.timeline.keep(keepAskOf(edge.home, channel, message), turn.by));
}

/** As long as somebody's pin is on it, it stays. */
async function unkeepPinned(edge: Edge, turn: Turn, { channel, ts }: Pinned, self: Self): Promise<void> {
  const message = await readMessage(edge, channel, ts);
  if (message === null || isOurs(message, self)) return;
  if (message.reactions.some(({ name }) => name.split('::')[0] === pin)) return;
  await insist(edge, () => edge.incidents.timeline.unkeep({ channel, ts }, turn.by));
}

const Changed = z.looseObject({
  subtype: z.literal('message_changed'),
  channel: z.string(),
  message: SlackMessage,
});
const Deleted = z.looseObject({
  subtype: z.literal('message_deleted'),
  channel: z.string(),
  deleted_ts: z.string(),
});

/** Edits and deletions; of a message that nobody kept the timeline knows nothing. */
async function follow(edge: Edge, event: unknown, self: Self): Promise<void> {
  const work = followed(edge, event, self);
  if (work === null) return;
  await edge.inflight.track(insist(edge, work)).catch((error: unknown) => {
    const why = error instanceof Error ? error.stack : typeof error;
    edge.log.error({ error: why }, 'A change of a message was not followed.');
  });
}

function followed(edge: Edge, event: unknown, self: Self): (() => Promise<void>) | null {
  const { timeline } = edge.incidents;
  const deleted = Deleted.safeParse(event).data;
  if (deleted !== undefined) return () => timeline.deleted({ channel: deleted.channel, ts: deleted.deleted_ts });
  const changed = Changed.safeParse(event).data;
  if (changed === undefined || isOurs(changed.message, self)) return null;
  const { channel, message } = changed;
  // A deleted message that has replies leaves a stone in its place.
  if (message.subtype === 'tombstone') return () => timeline.deleted({ channel, ts: message.ts });
  return () => timeline.edited({ channel, ts: message.ts, text: textOf(edge.home, message) });
}

/** Our own bot's id, once Slack has said it. */
type Self = string | undefined;

function isOurs({ metadata, bot_id: bot }: SlackMessage, self: Self): boolean {
  return bot !== undefined && (bot === self || metadata?.event_type === eventType);
}
