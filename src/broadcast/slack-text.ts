const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
/** Shown as nothing, and keeps a mark from being taken as formatting. */
const breaker = '\u200B';

/** A value as plain words in Slack's mrkdwn: it pings nobody, links nothing, formats nothing and stays in its line. */
export function escapeSlack(value: string): string {
  return value
    .replace(/\s+/g, ' ')
    .replace(/[&<>]/g, (char) => entities[char] ?? char)
    .replace(/(?<![\p{L}\p{N}])[*_~`]|[*_~`](?![\p{L}\p{N}])/gu, (mark) => `${breaker}${mark}`);
}

/** A person's name; somebody known by their Slack id alone is shown by Slack. */
export function escapePerson(name: string): string {
  return /^[UW][A-Z0-9]{2,20}$/.test(name) ? `<@${name}>` : escapeSlack(name);
}
