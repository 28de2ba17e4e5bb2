import type { Entered, FieldElement } from '../types.ts';

/** What every field is given: it shows a value, and says what the person made of it. */
export interface FieldProps<Element extends FieldElement = FieldElement> {
  id: string;
  element: Element;
  value: Entered;
  onChange(value: Entered): void;
  /** Where no `<label>` names it. */
  label?: string;
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
}

/** What a field says to those who do not see it. */
export function named({
  id,
  label,
  labelledBy,
  describedBy,
  invalid,
}: Omit<FieldProps, 'element' | 'value' | 'onChange'>) {
  return {
    id,
    'aria-label': label,
    'aria-labelledby': labelledBy,
    'aria-describedby': describedBy,
    'aria-invalid': invalid || undefined,
  };
}
