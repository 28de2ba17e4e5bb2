import { z } from 'zod';
import type { Schedules } from '../../schedules/schedules.ts';
import { defineWord, type Word } from './define-word.ts';

/** What is run at its time, as the terminal asks for it. */
export function createScheduleWords(schedules: Pick<Schedules, 'list'>): Record<string, Word> {
  return { schedules: defineWord(z.strictObject({}), () => schedules.list()) };
}
