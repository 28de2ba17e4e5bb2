import { useId } from 'react';
import { Field } from '../fields/field.tsx';
import { shownIn } from '../fields/values.ts';
import { ask } from '../modal/ask.ts';
import type { Entered, FieldElement } from '../types.ts';
import { keyOf, useSurface } from './surface.ts';

interface FieldControlProps {
  element: FieldElement;
  blockId: string;
  labelledBy?: string;
}

/** A menu, a picker or boxes outside a form: what is chosen is told at once. */
export function FieldControl({ element, blockId, labelledBy }: FieldControlProps) {
  const id = useId();
  const surface = useSurface();
  const key = keyOf(blockId, element.action_id);
  const change = async (option: Entered) => {
    if ('confirm' in element && element.confirm && !(await ask(element.confirm))) return;
    surface.enter(key, option);
    await surface.use('select', { actionId: element.action_id ?? '', blockId, option });
  };
  const named = labelledBy === undefined ? { label: 'Choose' } : { labelledBy };
  return (
    <Field
      id={id}
      element={element}
      value={shownIn(element, surface.entered[key])}
      onChange={(option) => void change(option)}
      {...named}
    />
  );
}
