import type { FieldProps } from './field-props.ts';
import { DatePicker, DateTimePicker, TimePicker } from './pickers.tsx';
import { SelectField, UsersSelectField } from './select-field.tsx';
import { NumberField, TextField } from './text-field.tsx';
import { Ticks, UserTicks } from './ticks.tsx';

export function Field({ element, ...rest }: FieldProps) {
  switch (element.type) {
    case 'plain_text_input':
      return <TextField element={element} {...rest} />;
    case 'number_input':
      return <NumberField element={element} {...rest} />;
    case 'static_select':
      return <SelectField element={element} {...rest} />;
    case 'users_select':
      return <UsersSelectField element={element} {...rest} />;
    case 'multi_users_select':
      return <UserTicks element={element} {...rest} />;
    case 'multi_static_select':
    case 'checkboxes':
    case 'radio_buttons':
      return <Ticks element={element} {...rest} />;
    case 'datepicker':
      return <DatePicker element={element} {...rest} />;
    case 'timepicker':
      return <TimePicker element={element} {...rest} />;
    case 'datetimepicker':
      return <DateTimePicker element={element} {...rest} />;
  }
}
