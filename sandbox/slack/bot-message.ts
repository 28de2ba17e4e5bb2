import type { Message, Workspace } from './workspace.ts';

/** What the app says: to all in a channel, unless told otherwise. */
export function botMessage(
  workspace: Workspace,
  said: Pick<Message, 'text' | 'blocks'> & Partial<Omit<Message, 'user' | 'bot_id'>>,
): Message {
  return {
    ts: said.ts ?? workspace.nextTs(),
    user: workspace.bot.user,
    bot_id: workspace.bot.bot,
    reactions: [],
    only: null,
    ...said,
  };
}
