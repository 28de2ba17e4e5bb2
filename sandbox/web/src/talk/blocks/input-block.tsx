import { type KeyboardEvent, useId } from 'react';
import { Field } from '../fields/field.tsx';
import { shownIn } from '../fields/values.ts';
import { Plain } from '../text/text.tsx';
import type { BlockOf, Entered } from '../types.ts';
import { FieldAside } from './field-aside.tsx';
import styles from './input-block.module.css';
import { keyOf, useSurface } from './surface.ts';

const many = ['multi_static_select', 'multi_users_select', 'checkboxes', 'radio_buttons'];
const typed = ['plain_text_input', 'number_input'];

/** A field of a form, with its label, its hint and what is wrong with it. */
export function InputBlock({ block }: { block: BlockOf<'input'> }) {
  const id = useId();
  const surface = useSurface();
  const { element, block_id: blockId } = block;
  const key = keyOf(blockId, element.action_id);
  const value = shownIn(element, surface.entered[key]);
  const error = surface.errors[blockId];
  const tell = (option: Entered) => void surface.use('select', { actionId: element.action_id ?? '', blockId, option });
  const change = (entered: Entered) => {
    surface.enter(key, entered);
    if (block.dispatch_action === true && !typed.includes(element.type)) tell(entered);
  };
  const enter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || block.dispatch_action !== true || !typed.includes(element.type)) return;
    event.preventDefault();
    tell(value);
  };
  const several = many.includes(element.type);
  const label = (
    <>
      <Plain text={block.label.text} />
      {block.optional === true && <span className={styles.optional}> (optional)</span>}
    </>
  );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter comes up from the field.
    <div className={styles.input} data-block={blockId} onKeyDown={enter}>
      {several ? (
        <span className={styles.label} id={`${id}-label`}>
          {label}
        </span>
      ) : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <Field
        id={id}
        element={element}
        value={value}
        onChange={change}
        describedBy={`${id}-error ${id}-hint`}
        invalid={error !== undefined}
        {...(several ? { labelledBy: `${id}-label` } : {})}
      />
      <FieldAside block={blockId} put={change} />
      <p className={styles.error} id={`${id}-error`} role="alert">
        {error}
      </p>
      <p className={styles.hint} id={`${id}-hint`}>
        {block.hint && <Plain text={block.hint.text} />}
      </p>
    </div>
  );
}
