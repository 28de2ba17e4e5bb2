import type { ControlOf } from '../types.ts';
import { type FieldProps, named } from './field-props.ts';
import styles from './fields.module.css';

/** Dates and times, in this browser's time zone, as Slack's pickers are. */

export function DatePicker({ value, onChange, ...rest }: FieldProps<ControlOf<'datepicker'>>) {
  return <Picker type="date" text={value === null ? '' : String(value)} read={(text) => onChange(text)} {...rest} />;
}

export function TimePicker({ value, onChange, ...rest }: FieldProps<ControlOf<'timepicker'>>) {
  return <Picker type="time" text={value === null ? '' : String(value)} read={(text) => onChange(text)} {...rest} />;
}

export function DateTimePicker({ value, onChange, ...rest }: FieldProps<ControlOf<'datetimepicker'>>) {
  const text = typeof value === 'number' ? localText(value) : '';
  const read = (typed: string | null) => onChange(typed === null ? null : Math.floor(Date.parse(typed) / 1000));
  return <Picker type="datetime-local" text={text} read={read} {...rest} />;
}

interface PickerProps extends Omit<FieldProps, 'value' | 'onChange'> {
  type: 'date' | 'time' | 'datetime-local';
  text: string;
  read(text: string | null): void;
}

function Picker({ type, text, read, element: _element, ...rest }: PickerProps) {
  return (
    <input
      type={type}
      {...named(rest)}
      className={styles.box}
      value={text}
      onChange={(event) => read(event.target.value || null)}
    />
  );
}

/** `2026-11-21T14:05`, as a field of that kind wants it. */
function localText(seconds: number): string {
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
