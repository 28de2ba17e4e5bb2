import type { ControlOf } from '../types.ts';
import { type FieldProps, named } from './field-props.ts';
import styles from './fields.module.css';

export function TextField({ element, value, onChange, ...rest }: FieldProps<ControlOf<'plain_text_input'>>) {
  const shared = {
    ...named(rest),
    className: styles.box,
    value: typeof value === 'string' ? value : '',
    placeholder: element.placeholder?.text,
    maxLength: element.max_length,
    autoComplete: 'off',
  };
  if (element.multiline !== true) {
    return <input type="text" {...shared} onChange={(event) => onChange(event.target.value)} />;
  }
  return <textarea rows={5} {...shared} onChange={(event) => onChange(event.target.value)} />;
}

export function NumberField({ element, value, onChange, ...rest }: FieldProps<ControlOf<'number_input'>>) {
  return (
    <input
      type="number"
      {...named(rest)}
      className={styles.box}
      value={value === null ? '' : String(value)}
      min={element.min_value}
      max={element.max_value}
      step={element.is_decimal_allowed ? 'any' : 1}
      placeholder={element.placeholder?.text}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  );
}
