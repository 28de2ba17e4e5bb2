const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Slack has no escape for its formatting marks, so people's own are shown by their look-alikes. */
const lookAlike: Record<string, string> = { '*': '∗', '~': '∼', '`': 'ˋ', _: 'ˍ' };

/** One line as plain words in mrkdwn: it pings nobody, links nothing and formats nothing. */
export function escapeSlack(line: string): string {
  return escapeEntities(line.replace(/^>+/, (marks) => '›'.repeat(marks.length))).replace(
    /[*~`]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu,
    (mark) => lookAlike[mark] ?? '',
  );
}

/** A person's name; somebody known by their Slack id alone is shown by Slack. */
export function escapePerson(name: string): string {
  return isSlackId(name) ? `<@${name}>` : escapeSlack(name);
}

/** A link to a channel, for members and others alike; its name where its id is not known. */
export function linkChannel(channel: string): string {
  return /^C[A-Z0-9]{1,20}$/.test(channel) ? `<#${channel}>` : `#${escapeSlack(channel)}`;
}

export function isSlackId(name: string): boolean {
  return /^[UW][A-Z0-9]{2,20}$/.test(name);
}

/** Lines to be copied as they are, in a code block: nothing is looked for in one but its end. */
export function codeBlock(lines: readonly string[]): string {
  const text = lines.join('\n').trim();
  return text === '' ? '' : `\`\`\`${escapeEntities(text).replaceAll('`', 'ˋ')}\`\`\``;
}

function escapeEntities(text: string): string {
  return text.replace(/[&<>]/g, (char) => entities[char] ?? char);
}
