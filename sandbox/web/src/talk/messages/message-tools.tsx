import { choose } from '../../state/mine.ts';
import { useSlice } from '../../state/stream.ts';
import { Menu } from '../menu.tsx';
import { askPlainly } from '../modal/ask.ts';
import { act } from '../state/act.ts';
import type { Message } from '../types.ts';
import styles from './message.module.css';

interface MessageToolsProps {
  user: string;
  channel: string;
  message: Message;
  inThread: boolean;
  edit(): void;
}

/** What a person may do to one message: pin it with 📌, answer it, use a shortcut of the app, mend or delete their own. */
export function MessageTools({ user, channel, message, inThread, edit }: MessageToolsProps) {
  if (message.only !== null || message.user === 'USLACKBOT') return null;
  const { ts } = message;
  const send = (kind: string, more: object = {}) => act(user, { channel, ts }, kind, { channel, ts, ...more });
  const pinned = message.reactions.some((one) => one.name === 'pushpin' && one.users.includes(user));
  const own = message.user === user && message.bot_id === undefined;
  const remove = async () => {
    const sure = await askPlainly('Delete message', 'Delete this message for everybody?', 'Delete');
    if (sure) await send('remove');
  };
  return (
    <div className={styles.tools}>
      <Tool
        label={pinned ? 'Take 📌 off' : 'Put 📌 on it'}
        sign="📌"
        pressed={pinned}
        press={() => void send(pinned ? 'unreact' : 'react', { name: 'pushpin' })}
      />
      {!inThread && (
        <Tool label="Reply in thread" sign="💬" press={() => choose({ thread: message.thread_ts ?? ts })} />
      )}
      {own && <Tool label="Edit" sign="✏️" press={edit} />}
      {own && <Tool label="Delete" sign="🗑️" press={() => void remove()} />}
      <Shortcuts use={(callbackId) => void send('shortcut', { callbackId })} />
    </div>
  );
}

function Shortcuts({ use }: { use(callbackId: string): void }) {
  const shortcuts = useSlice('shortcuts') ?? [];
  if (shortcuts.length === 0) return null;
  const items = shortcuts.map((one) => ({ key: one.callbackId, text: one.name, pick: () => use(one.callbackId) }));
  return <Menu label="Shortcuts" sign="⋯" items={items} className={styles.tool} />;
}

interface ToolProps {
  label: string;
  sign: string;
  pressed?: boolean;
  press(): void;
}

function Tool({ label, sign, pressed, press }: ToolProps) {
  return (
    <button
      type="button"
      className={styles.tool}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={press}
    >
      {sign}
    </button>
  );
}
