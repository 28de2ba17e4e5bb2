import { useMemo, useRef, useState } from 'react';
import type { Surface } from '../blocks/surface.ts';
import { enteredIn } from '../fields/values.ts';
import { act } from '../state/act.ts';
import { notePress } from '../state/said.ts';
import type { Message, Values } from '../types.ts';

const noErrors = {};

/** A message as the surface of its controls; what was chosen in it stays chosen. */
export function useMessageSurface(user: string, channel: string, message: Message): Surface {
  const [entered, setEntered] = useState<Values>({});
  const now = useRef({ entered, blocks: message.blocks });
  now.current.blocks = message.blocks;
  const { ts } = message;
  return useMemo(
    () => ({
      entered,
      errors: noErrors,
      folds: true,
      enter: (key, value) => {
        now.current.entered = { ...now.current.entered, [key]: value };
        setEntered(now.current.entered);
      },
      use: (kind, use) => {
        notePress();
        const values = enteredIn(now.current.blocks, now.current.entered);
        return act(user, { channel, ts }, kind, { channel, ts, ...use, values });
      },
    }),
    [entered, user, channel, ts],
  );
}
