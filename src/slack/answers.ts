import { z } from 'zod';

const id = z.string().min(1);
const channel = z.looseObject({ id });
const user = z.looseObject({
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
});
const listed = channel.extend({
  name: z.string().optional(),
  is_archived: z.boolean().optional(),
  is_member: z.boolean().optional(),
  creator: z.string().nullish(),
});

/** What Muster needs of each answer of Slack's Web API. Source: docs.slack.dev, methods. */
const needed: Record<string, z.ZodRawShape> = {
  'auth.test': { user_id: id, team_id: id, bot_id: z.string().optional(), enterprise_id: z.string().nullish() },
  'chat.postMessage': { ts: id },
  'conversations.create': { channel },
  'conversations.open': { channel },
  'conversations.list': { channels: z.array(listed) },
  'conversations.history': { messages: z.array(z.looseObject({})) },
  'conversations.replies': { messages: z.array(z.looseObject({})) },
  'conversations.info': {
    channel: z.looseObject({ topic: z.looseObject({ value: z.string().optional() }).optional() }),
  },
  'files.getUploadURLExternal': { upload_url: z.url(), file_id: id },
  'users.info': { user },
  'usergroups.users.list': { users: z.array(id) },
  'views.open': { view: z.looseObject({ id }) },
  'apps.connections.open': { url: z.url() },
};

const common = {
  response_metadata: z
    .looseObject({
      next_cursor: z.string().optional(),
      warnings: z.array(z.string()).optional(),
      messages: z.array(z.string()).optional(),
    })
    .optional(),
};

/** A no: Slack's own word for why. */
const Refused = z.looseObject({ ok: z.literal(false), error: z.string().regex(/^\w{1,80}$/), ...common });

const done = (shape: z.ZodRawShape) => z.looseObject({ ok: z.literal(true), ...common, ...shape });
const known = new Map(Object.entries(needed).map(([method, shape]) => [method, done(shape)]));
const anything = done({});

/** Whether Slack could have answered this to `method`; a page of a proxy, or half of an answer, is none. */
export function isAnswerTo(method: string, answer: unknown): boolean {
  return (known.get(method) ?? anything).safeParse(answer).success || Refused.safeParse(answer).success;
}
