import { z } from 'zod';
import { botMessage } from '../bot-message.ts';
import {
  type Args,
  channelById,
  joined,
  json,
  type Method,
  type MethodContext,
  open,
  required,
  SlackError,
  text,
} from '../method.ts';
import { channelTypes, fileShape, toldShape } from '../shapes.ts';
import type { Channel, Message, SharedFile, StoredFile } from '../workspace.ts';

/** A file in three steps: an address, the bytes, and the completion that shares it. */

const most = 1024 ** 3;
const mostInSnippet = 1024 ** 2;

const getUrl: Method = {
  tier: 4,
  scopes: ['files:write'],
  run: (args, context) => {
    const name = required(args, 'filename');
    const size = Number(text(args, 'length'));
    if (!Number.isInteger(size) || size < 1) throw new SlackError('missing_argument', ['[ERROR] length']);
    if (size > most) throw new SlackError('file_upload_size_restricted');
    if (text(args, 'snippet_type') && size > mostInSnippet) throw new SlackError('snippet_too_large');
    if (text(args, 'alt_txt').length > 1000) throw new SlackError('alt_txt_too_large');
    const { workspace } = context;
    if (workspace.app.noFiles) throw new SlackError('file_uploads_disabled');
    const id = workspace.nextId('F');
    workspace.files.set(id, { id, name, title: name, size, user: workspace.bot.user, content: null, shared: false });
    return { upload_url: context.uploadUrl(id), file_id: id };
  },
};

const Files = z
  .array(z.strictObject({ id: z.string(), title: z.string().max(255).optional() }))
  .min(1)
  .max(10);

function readFiles(args: Args, context: MethodContext): StoredFile[] {
  const asked = Files.safeParse(json(args, 'files', 'invalid_arguments'));
  if (!asked.success) throw new SlackError('invalid_arguments', ['[ERROR] files']);
  return asked.data.map(({ id, title }) => {
    const file = context.workspace.files.get(id);
    if (!file || file.content === null || file.shared) throw new SlackError('file_not_found');
    return Object.assign(file, { title: title ?? file.name });
  });
}

/** A file goes below a thread's own message, never below a reply. */
function threadIn(channel: Channel, args: Args): Pick<Message, 'thread_ts'> {
  const ts = text(args, 'thread_ts');
  if (ts === '') return {};
  const root = channel.messages.find((one) => one.ts === ts && one.only === null);
  if (!root) throw new SlackError('thread_not_found');
  if (root.thread_ts !== undefined && root.thread_ts !== root.ts) throw new SlackError('invalid_arguments');
  return { thread_ts: ts };
}

const complete: Method = {
  tier: 4,
  scopes: ['files:write'],
  run: (args, context) => {
    const { workspace } = context;
    const files = readFiles(args, context);
    const to = text(args, 'channel_id');
    if (to === '') return { files: files.map((file) => fileShape(workspace, shown(file))) };
    const channel = open(joined(context, channelById(context, to)));
    const said = { text: text(args, 'initial_comment'), blocks: [], files: files.map(shown) };
    const message = botMessage(workspace, { ...said, ...threadIn(channel, args) });
    channel.messages.push(message);
    for (const file of files) file.shared = true;
    const told = { ...toldShape(workspace, message), subtype: 'file_share' };
    context.tell({ ...told, channel: channel.id, channel_type: channelTypes[channel.kind] });
    return { files: files.map((file) => fileShape(workspace, shown(file))) };
  },
};

function shown({ id, name, title, size }: StoredFile): SharedFile {
  return { id, name, title, size };
}

export const files: Record<string, Method> = {
  'files.getUploadURLExternal': getUrl,
  'files.completeUploadExternal': complete,
};
