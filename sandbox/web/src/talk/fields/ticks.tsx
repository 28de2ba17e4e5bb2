import { useSlice } from '../../state/stream.ts';
import { Text } from '../text/text.tsx';
import type { ControlOf, Entered, Option } from '../types.ts';
import { type FieldProps, named } from './field-props.ts';
import styles from './fields.module.css';
import { optionsOf } from './values.ts';

type TicksElement = ControlOf<'multi_static_select'> | ControlOf<'checkboxes'> | ControlOf<'radio_buttons'>;

/** All that may be chosen, in sight: boxes for several, round ones for one of them. */
export function Ticks({ element, value, onChange, ...rest }: FieldProps<TicksElement>) {
  const one = element.type === 'radio_buttons';
  return <TickList one={one} options={optionsOf(element)} value={value} onChange={onChange} {...rest} />;
}

export function UserTicks({ element: _element, ...rest }: FieldProps<ControlOf<'multi_users_select'>>) {
  const people = (useSlice('people') ?? []).filter((person) => !person.is_bot);
  const options = people.map(
    (person): Option => ({ value: person.id, text: { type: 'plain_text', text: person.real_name } }),
  );
  return <TickList one={false} options={options} {...rest} />;
}

interface TickListProps extends Omit<FieldProps, 'element'> {
  one: boolean;
  options: readonly Option[];
}

function TickList({ one, options, value, onChange, ...rest }: TickListProps) {
  const chosen = Array.isArray(value) ? value : value === null ? [] : [String(value)];
  const turn = (option: string): Entered => {
    if (one) return option;
    return chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option];
  };
  return (
    <div {...named({ ...rest, invalid: false })} role={one ? 'radiogroup' : 'group'} className={styles.ticks}>
      {options.map((option) => (
        <label key={option.value} className={styles.tick}>
          <input
            type={one ? 'radio' : 'checkbox'}
            name={rest.id}
            checked={chosen.includes(option.value)}
            onChange={() => onChange(turn(option.value))}
          />
          <span>
            <Text of={option.text} />
            {option.description && (
              <small>
                <Text of={option.description} />
              </small>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
