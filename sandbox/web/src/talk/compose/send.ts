import { post } from '../../state/post.ts';
import type { Person } from '../../state/slices.ts';

export interface To {
  user: string;
  channel: string;
  threadTs?: string;
}

/** Slash commands go to the app, everything else is said aloud. Resolves with what Slack said no with, if it did. */
export async function send(
  text: string,
  to: To,
  command: string,
  people: readonly Person[],
): Promise<string | undefined> {
  if (text === command || text.startsWith(`${command} `)) {
    const answer = await post<{ shown?: string }>('act/slash', { ...to, text: text.slice(command.length).trim() });
    // In a channel Slack says it there.
    return to.threadTs === undefined ? undefined : answer.shown;
  }
  if (text.startsWith('/')) throw new Error(`${text.split(/\s/)[0]} is no command here: try ${command} help.`);
  await post('act/message', { ...to, text: withMentions(text, people) });
  return undefined;
}

/** `@ana` as Slack's own composer sends it. */
function withMentions(text: string, people: readonly Person[]): string {
  return text.replace(/(?<![\w@])@([a-z][a-z0-9._-]*)/gi, (whole, name: string) => {
    const person = people.find((one) => one.name === name.toLowerCase());
    return person === undefined ? whole : `<@${person.id}>`;
  });
}
