import { z } from 'zod';
import { ChecklistItem, ChecklistOutput, checklistAction } from '../../domain/checklist.ts';
import { defineHuman } from '../kit/define.ts';
import { usual } from '../kit/pace.ts';

const Input = z.strictObject({
  instructions: z
    .string()
    .min(1, 'expected what the items have in common')
    .max(2_000, 'expected at most 2000 characters')
    .optional()
    .describe('What the items have in common, and what makes them good.'),
  items: z
    .array(ChecklistItem)
    .min(1)
    .max(30)
    .refine((items) => new Set(items.map(({ id }) => id)).size === items.length, 'expected each id once')
    .describe('Each is ticked, or declined with a reason, by a named person.'),
});

export const checklist = defineHuman({
  name: checklistAction,
  version: 1,
  summary: 'Wait until people have answered every item of a checklist',
  input: Input,
  output: ChecklistOutput,
  binds: ['instructions', 'items'],
  checks: ['none that can fail: people are asked when its turn comes; an item that is declined is named at the end'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '4h',
  async plan({ instructions, items }) {
    const shown = { ...(instructions !== undefined && { instructions }), items };
    return {
      target: null,
      before: shown,
      after: { ...shown, answered: 'by people, item by item' },
      noChange: false,
      checks: [
        {
          id: 'people',
          title: 'people answer each item',
          verdict: 'pass',
          expected: 'an answer to each when its turn comes',
          found: 'they will be asked then',
          carry: 'never',
        },
      ],
      estimateMs: usual.minutes,
    };
  },
});
