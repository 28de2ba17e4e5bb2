import { type FormEvent, type KeyboardEvent, useState } from 'react';
import buttons from '../blocks/button.module.css';
import fields from '../fields/fields.module.css';
import { act } from '../state/act.ts';
import { unescaped } from '../text/inline.ts';
import type { Message } from '../types.ts';
import styles from './message.module.css';

interface EditFormProps {
  user: string;
  channel: string;
  message: Message;
  close(): void;
}

/** A message's text in its place: what is typed there is no app's business before it is saved. */
export function EditForm({ user, channel, message, close }: EditFormProps) {
  const [text, setText] = useState(() => unescaped(message.text));
  const { ts } = message;
  const save = async (event: FormEvent) => {
    event.preventDefault();
    close();
    const words = text.trim();
    if (words !== '') await act(user, { channel, ts }, 'edit', { channel, ts, text: words });
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <form className={styles.edit} onSubmit={(event) => void save(event)}>
      <textarea
        className={fields.box}
        aria-label="Edit message"
        rows={3}
        value={text}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to type here.
        autoFocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      <div>
        <button type="button" className={buttons.button} onClick={close}>
          Cancel
        </button>
        <button type="submit" className={`${buttons.button} ${buttons.primary}`}>
          Save
        </button>
      </div>
    </form>
  );
}
