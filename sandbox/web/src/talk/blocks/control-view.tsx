import type { Control } from '../types.ts';
import { ButtonControl } from './button-control.tsx';
import { FieldControl } from './field-control.tsx';
import { OverflowControl } from './overflow-control.tsx';
import { Picture } from './picture.tsx';

interface ControlViewProps {
  control: Control;
  blockId: string;
  /** Id of the words that say what the control is for. */
  labelledBy?: string;
}

/** Something that people use on a message or in a modal's text. */
export function ControlView({ control, blockId, labelledBy }: ControlViewProps) {
  if (control.type === 'button') return <ButtonControl element={control} blockId={blockId} />;
  if (control.type === 'overflow') return <OverflowControl element={control} blockId={blockId} />;
  if (control.type === 'image') return <Picture src={control.image_url} alt={control.alt_text} />;
  return <FieldControl element={control} blockId={blockId} {...(labelledBy === undefined ? {} : { labelledBy })} />;
}
