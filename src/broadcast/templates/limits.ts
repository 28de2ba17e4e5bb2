import type { Into } from './values.ts';

interface Limit {
  /** Characters; a little below what is taken, so that a mark such as `[Simulated]` fits in front. */
  most: number;
  where: string;
}

/** What is taken where words go: a Slack message's text, a field of Slack's forms, Statuspage's API, a header line. */
export const limits: Record<Into, Limit | null> = {
  slack: { most: 39_000, where: 'a Slack message' },
  draft: { most: 3_000, where: 'the editor' },
  page: { most: 24_900, where: 'the status page' },
  name: { most: 240, where: 'a public incident’s name' },
  subject: { most: 185, where: 'a mail’s subject' },
  text: null,
  html: null,
};
