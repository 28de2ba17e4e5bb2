const longest = 80;

/** `inc-7-primary-region-down`: what Slack takes as a channel's name, from what a person typed. */
export function channelName(id: number, title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `inc-${id}-${slug}`.replace(/-+/g, '-').slice(0, longest).replace(/-$/, '');
}
