import { type FormEvent, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { post } from '../../state/post.ts';
import { Blocks } from '../blocks/blocks.tsx';
import buttons from '../blocks/button.module.css';
import { type Surface, SurfaceContext } from '../blocks/surface.ts';
import { enteredIn } from '../fields/values.ts';
import { NoticeList } from '../notice-list.tsx';
import { act } from '../state/act.ts';
import { Plain } from '../text/text.tsx';
import type { View } from '../types.ts';
import { draftOf, enterDraft, useDraft } from './drafts.ts';
import styles from './modal.module.css';

type Submitted = { state: 'closed' | 'updated' | 'pushed' | 'failed'; shown?: string } | Refused;
interface Refused {
  state: 'errors';
  errors: Record<string, string>;
}

interface ModalFormProps {
  view: View;
  titleId: string;
  /** The modal that comes into sight when this one is closed. */
  below: View | undefined;
  close(): void;
}

/** A modal's bar, blocks and buttons. What was entered stays when the app changes the view under somebody's hands. */
export function ModalForm({ view, titleId, below, close }: ModalFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const entered = useDraft(view.id);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [trouble, setTrouble] = useState('');
  const [busy, setBusy] = useState(false);
  const { id, user, body } = view;
  const blocks = useRef(body.blocks);
  blocks.current = body.blocks;
  const surface = useMemo(
    (): Surface => ({
      entered,
      errors,
      folds: false,
      enter: (key, value) => enterDraft(id, key, value),
      use: (kind, use) =>
        act(user, { viewId: id }, kind, { viewId: id, ...use, values: enteredIn(blocks.current, draftOf(id)) }),
    }),
    [entered, errors, id, user],
  );
  // Once the dialog is open, which takes the focus itself; and when a form comes in place of what was said meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is another one when its hash is.
  useEffect(() => focusFirst(form.current), [view.hash]);

  const submit = async () => {
    setBusy(true);
    setErrors({});
    setTrouble('');
    try {
      const values = enteredIn(body.blocks, draftOf(id));
      const answer = await post<Submitted>('act/submit', { user, viewId: id, values });
      if (answer.state === 'failed') setTrouble(answer.shown ?? '');
      if (answer.state === 'errors') {
        setErrors(answer.errors);
        focusFault(form.current, answer.errors);
      }
    } catch (error) {
      setTrouble(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (body.submit !== undefined && !busy) void submit();
  };
  return (
    <form ref={form} className={styles.form} noValidate onSubmit={send} onKeyDown={submitByKeys}>
      <div className={styles.head}>
        <h2 id={titleId}>
          <Plain text={body.title?.text ?? 'Muster'} />
        </h2>
        {below && <span className={styles.under}>over “{below.body.title?.text}”</span>}
        <button type="button" className={styles.cross} aria-label="Close" onClick={close}>
          ✕
        </button>
      </div>
      <div className={styles.notices}>
        <NoticeList user={user} place={{ viewId: id }} />
      </div>
      <div className={styles.body} data-part="body">
        <SurfaceContext value={surface}>
          <Blocks blocks={body.blocks} />
        </SurfaceContext>
      </div>
      <p className={styles.trouble} role="alert">
        {trouble || view.trouble}
      </p>
      <div className={styles.foot} data-part="foot">
        <button type="button" className={buttons.button} onClick={close}>
          <Plain text={body.close?.text ?? 'Close'} />
        </button>
        {body.submit && (
          <button type="submit" className={`${buttons.button} ${buttons.primary}`} disabled={busy} aria-busy={busy}>
            {busy ? 'Sending…' : <Plain text={body.submit.text} />}
          </button>
        )}
      </div>
    </form>
  );
}

/** In a field of several lines Enter begins the next one. */
function submitByKeys(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
}

/** A long form begins at its top: what is asked for is read before it is answered. */
function focusFirst(form: HTMLFormElement | null): void {
  if (form?.querySelector('[data-part]:focus-within')) return;
  const first = form?.querySelector<HTMLElement>('[data-block] :is(input, select, textarea)');
  (first ?? form?.querySelector<HTMLElement>('button[type=submit]'))?.focus({ preventScroll: true });
}

function focusFault(form: HTMLFormElement | null, errors: Record<string, string>): void {
  const blocks = [...(form?.querySelectorAll<HTMLElement>('[data-block]') ?? [])];
  const faulty = blocks.find((block) => errors[block.dataset.block ?? ''] !== undefined);
  faulty?.querySelector<HTMLElement>('input, select, textarea')?.focus();
}
