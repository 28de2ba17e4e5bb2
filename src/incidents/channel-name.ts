const longest = 80;

/** `inc-7-primary-region-down`: what Slack takes as a channel's name, from a label and what a person typed. */
export function channelName(label: string, title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
  return `${label}-${slug}`.replace(/-+/g, '-').slice(0, longest).replace(/-$/, '');
}
