import { choose } from '../../state/mine.ts';
import { useSlice } from '../../state/stream.ts';
import { Menu } from '../menu.tsx';
import { askPlainly } from '../modal/ask.ts';
import { act } from '../state/act.ts';
import type { Message } from '../types.ts';
import styles from './message.module.css';
import { useRoving } from './use-roving.ts';

interface MessageToolsProps {
  user: string;
  channel: string;
  message: Message;
  inThread: boolean;
  edit(): void;
}

interface Tool {
  label: string;
  sign: string;
  pressed?: boolean;
  press(): void;
}

/** What a person may do to one message: pin it with 📌, answer it, use a shortcut of the app, mend or delete their own. */
export function MessageTools(props: MessageToolsProps) {
  const { user, channel, message } = props;
  const shortcuts = useSlice('shortcuts') ?? [];
  const tools = toolsOf(props);
  const { tabIndexOf, ...roving } = useRoving(tools.length + (shortcuts.length > 0 ? 1 : 0));
  if (message.only !== null || message.user === 'USLACKBOT') return null;
  const { ts } = message;
  const items = shortcuts.map(({ callbackId, name }) => ({
    key: callbackId,
    text: name,
    pick: () => void act(user, { channel, ts }, 'shortcut', { channel, ts, callbackId }),
  }));
  return (
    <div className={styles.tools} role="toolbar" aria-label="Message actions" {...roving}>
      {tools.map(({ label, sign, pressed, press }, place) => (
        <button
          key={sign}
          type="button"
          className={styles.tool}
          tabIndex={tabIndexOf(place)}
          aria-label={label}
          title={label}
          aria-pressed={pressed}
          onClick={press}
        >
          {sign}
        </button>
      ))}
      {items.length > 0 && (
        <Menu label="Shortcuts" sign="⋯" items={items} className={styles.tool} tabIndex={tabIndexOf(tools.length)} />
      )}
    </div>
  );
}

function toolsOf({ user, channel, message, inThread, edit }: MessageToolsProps): Tool[] {
  const { ts } = message;
  const send = (kind: string, more: object = {}) => act(user, { channel, ts }, kind, { channel, ts, ...more });
  const pinned = message.reactions.some((one) => one.name === 'pushpin' && one.users.includes(user));
  const own = message.user === user && message.bot_id === undefined;
  const remove = async () => {
    const sure = await askPlainly('Delete message', 'Delete this message for everybody?', 'Delete');
    if (sure) await send('remove');
  };
  const pin: Tool = {
    label: pinned ? 'Take 📌 off' : 'Put 📌 on it',
    sign: '📌',
    pressed: pinned,
    press: () => void send(pinned ? 'unreact' : 'react', { name: 'pushpin' }),
  };
  const reply = { label: 'Reply in thread', sign: '💬', press: () => choose({ thread: message.thread_ts ?? ts }) };
  const mend = [
    { label: 'Edit', sign: '✏️', press: edit },
    { label: 'Delete', sign: '🗑️', press: () => void remove() },
  ];
  return [pin, ...(inThread ? [] : [reply]), ...(own ? mend : [])];
}
