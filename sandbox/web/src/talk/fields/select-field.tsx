import { useSlice } from '../../state/stream.ts';
import type { ControlOf, Option } from '../types.ts';
import { type FieldProps, named } from './field-props.ts';
import styles from './fields.module.css';

export function SelectField({ element, value, onChange, ...rest }: FieldProps<ControlOf<'static_select'>>) {
  const options = [...(element.options ?? []), ...(element.option_groups ?? []).flatMap((group) => group.options)];
  const chosen = options.find((one) => one.value === value);
  return (
    <>
      <select
        {...named(rest)}
        className={styles.box}
        value={value === null ? '' : String(value)}
        onChange={(event) => onChange(event.target.value || null)}
      >
        {(value === null || element.initial_option === undefined) && (
          <option value="">{element.placeholder?.text ?? 'Choose…'}</option>
        )}
        {element.option_groups?.map((group) => (
          <optgroup key={group.label.text} label={group.label.text}>
            <Options options={group.options} />
          </optgroup>
        ))}
        <Options options={element.options ?? []} />
      </select>
      <Whole words={chosen?.text.text ?? ''} />
    </>
  );
}

/** Longer than a phone's width, in characters. */
const longWords = 40;

/** A menu cuts off what does not fit in one line: below it, a phone says the whole of it. */
function Whole({ words }: { words: string }) {
  if (words.length <= longWords) return null;
  return (
    <p className={styles.whole} aria-hidden="true">
      {words}
    </p>
  );
}

function Options({ options }: { options: readonly Option[] }) {
  return options.map((option) => (
    <option key={option.value} value={option.value}>
      {option.text.text}
    </option>
  ));
}

export function UsersSelectField({ element, value, onChange, ...rest }: FieldProps<ControlOf<'users_select'>>) {
  const people = (useSlice('people') ?? []).filter((one) => !one.is_bot);
  return (
    <select
      {...named(rest)}
      className={styles.box}
      value={value === null ? '' : String(value)}
      onChange={(event) => onChange(event.target.value || null)}
    >
      <option value="">{element.placeholder?.text ?? 'Choose…'}</option>
      {people.map((one) => (
        <option key={one.id} value={one.id}>
          {one.real_name}
        </option>
      ))}
    </select>
  );
}
