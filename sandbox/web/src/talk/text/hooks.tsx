import type { MessageProps } from 'slack-blocks-to-jsx';
import { Link } from './link.tsx';
import { ChannelMention, GroupMention, LoudMention, PersonMention } from './mention.tsx';
import { SlackDate } from './slack-date.tsx';

/** What the library leaves to whoever knows the workspace and the time. It reads these once: they say where to look. */
export const hooks: NonNullable<MessageProps['hooks']> = {
  user: ({ id }) => <PersonMention id={id} />,
  channel: ({ id }) => <ChannelMention id={id} />,
  usergroup: ({ name }) => <GroupMention name={name} />,
  atHere: () => <LoudMention range="here" />,
  atChannel: () => <LoudMention range="channel" />,
  atEveryone: () => <LoudMention range="everyone" />,
  date: ({ timestamp, format }) => <SlackDate seconds={Number(timestamp)} format={format} />,
  link: ({ href, children }) => <Link href={href}>{children}</Link>,
  emoji: (emoji, parse) => {
    const shown = parse(emoji);
    // What it does not know it gives back without its colons: `:10:` of 22:10:00 is no emoji.
    if (/^[ -~]*$/.test(shown)) return `:${emoji.name}:`;
    return (
      <span role="img" aria-label={emoji.name.replaceAll('_', ' ')}>
        {shown}
      </span>
    );
  },
};
