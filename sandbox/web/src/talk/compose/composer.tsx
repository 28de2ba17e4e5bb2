import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useSlice } from '../../state/stream.ts';
import { NoticeList } from '../notice-list.tsx';
import { forget, notice } from '../state/notices.ts';
import { noteSaid } from '../state/said.ts';
import styles from './composer.module.css';
import { send, type To } from './send.ts';
import { lacksSlash } from './slip.ts';
import { Speaker } from './speaker.tsx';
import { SuggestionList } from './suggestion-list.tsx';
import { useHistory } from './use-history.ts';
import { useSuggestions } from './use-suggestions.ts';

interface ComposerProps {
  /** Where it is said, and by whom; undefined until that is known. What is typed meanwhile waits for it. */
  to: To | undefined;
  placeholder: string;
  /** Why nothing can be said here. */
  closed?: string | undefined;
}

/** The line to type in. */
export function Composer({ to, placeholder, closed }: ComposerProps) {
  const [text, setText] = useState('');
  const [waiting, setWaiting] = useState<string | null>(null);
  const [doubted, setDoubted] = useState('');
  const list = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const history = useHistory();
  const command = useSlice('system')?.command ?? '/dr';
  const people = useSlice('people');
  const suggestions = useSuggestions(text, command, setText);
  const place = { line: to === undefined ? '' : `${to.channel}/${to.threadTs ?? ''}` };

  const sendTo = async (line: string, target: To) => {
    forget(target.user, place);
    noteSaid();
    try {
      const shown = await send(line, target, command, people ?? []);
      if (shown !== undefined) notice(target.user, place, shown);
    } catch (error) {
      notice(target.user, place, error instanceof Error ? error.message : String(error));
      setText((now) => now || line);
    }
  };
  useEffect(() => {
    if (waiting === null || to === undefined) return;
    setWaiting(null);
    void sendTo(waiting, to);
  });
  const say = () => {
    const line = text.trim();
    if (line === '' || closed !== undefined) return;
    if (to !== undefined && lacksSlash(line, command) && doubted !== line) {
      setDoubted(line);
      return notice(to.user, place, `Did you mean ${command} …? Enter again sends it as a message.`);
    }
    history.note(line);
    setText('');
    suggestions.close();
    if (to === undefined) setWaiting(line);
    else void sendTo(line, to);
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || suggestions.press(event)) return;
    const recalled = history.recall(event);
    if (recalled !== undefined) setText(recalled);
    const sends = event.key === 'Enter' && !event.shiftKey;
    if (sends) say();
    if (sends || recalled !== undefined) event.preventDefault();
  };
  return (
    <div className={styles.place}>
      {to && <NoticeList user={to.user} place={place} />}
      <SuggestionList id={list} suggestions={suggestions} focus={() => field.current?.focus()} />
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          say();
        }}
      >
        {to && <Speaker user={to.user} />}
        <textarea
          ref={field}
          className={styles.line}
          rows={1}
          aria-label={to?.threadTs === undefined ? `Message or ${command} command` : 'Reply in thread'}
          data-composer={to?.threadTs === undefined ? '' : undefined}
          aria-autocomplete="list"
          aria-controls={suggestions.isOpen ? list : undefined}
          aria-activedescendant={suggestions.active === null ? undefined : `${list}-${suggestions.active}`}
          placeholder={closed ?? placeholder}
          disabled={closed !== undefined}
          value={text}
          // biome-ignore lint/a11y/noAutofocus: to type is what people come here for.
          autoFocus={window.matchMedia('(hover: hover)').matches}
          onChange={(event) => {
            setText(event.target.value);
            suggestions.open();
          }}
          onBlur={suggestions.close}
          onKeyDown={press}
        />
        <button
          type="submit"
          className={styles.send}
          aria-label="Send"
          disabled={closed !== undefined || text.trim() === ''}
        >
          ➤
        </button>
      </form>
    </div>
  );
}
