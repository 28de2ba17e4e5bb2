import { z } from 'zod';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Schedules } from '../../schedules/schedules.ts';
import { defineWord, type Word } from './define-word.ts';

/** What is run at its time, as the terminal asks for it. */
export function createScheduleWords(
  schedules: Pick<Schedules, 'list'>,
  incidents: Pick<Incidents, 'mayLook'>,
): Record<string, Word> {
  return {
    schedules: defineWord(z.strictObject({}), async (_ask, by) => {
      await incidents.mayLook(by);
      return schedules.list();
    }),
  };
}
