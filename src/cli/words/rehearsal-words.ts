import { z } from 'zod';
import { Mode } from '../../domain/command.ts';
import type { Rehearsals } from '../../rehearsal/rehearsal.ts';
import { defineWord, type Word } from './define-word.ts';

const id = z.string().min(1).max(100);

const Rehearse = z.strictObject({
  command: id,
  inputs: z.record(z.string(), z.string()),
  mode: Mode.optional(),
  dark: z.boolean(),
  troubles: z.array(id).max(10),
});

/** Rehearsals, as the terminal asks for them: begun by one word, and looked at by another until they have ended. */
export function createRehearsalWords(rehearsals: Rehearsals): Record<string, Word> {
  return {
    rehearse: defineWord(Rehearse, async ({ mode, ...ask }, by) => {
      const { view, sentence } = await rehearsals.begin({ ...ask, ...(mode && { mode }) }, by);
      return { rehearsal: view, said: sentence };
    }),
    'show-rehearsal': defineWord(z.strictObject({ rehearsal: id }), async (ask, by) => ({
      rehearsal: await rehearsals.look(ask.rehearsal, by),
    })),
    'stop-rehearsal': defineWord(z.strictObject({}), async (_ask, by) => ({ said: await rehearsals.stop(by) })),
  };
}
