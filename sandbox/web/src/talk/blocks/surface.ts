import { createContext, useContext } from 'react';
import type { Entered, Values } from '../types.ts';

/** What is sent when somebody uses a control. */
export interface Use {
  actionId: string;
  blockId: string;
  value?: string;
  option?: Entered;
}

/** The message or the modal that blocks stand on: how its controls speak, and what has been put into its fields. */
export interface Surface {
  entered: Values;
  enter(key: string, value: Entered): void;
  use(kind: 'click' | 'select', use: Use): Promise<boolean>;
  /** What is wrong with a field, by its block. */
  errors: Readonly<Record<string, string>>;
  /** Long text is folded in messages, never in modals. */
  folds: boolean;
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('A control stands on no message and in no modal.');
  return surface;
}

export function keyOf(blockId: string, actionId: string | undefined): string {
  return `${blockId}.${actionId ?? ''}`;
}
