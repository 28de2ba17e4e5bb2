import { z } from 'zod';
import { defineHuman } from '../kit/define.ts';
import { usual } from '../kit/pace.ts';

const Input = z.strictObject({
  instructions: z
    .string()
    .min(1, 'expected what the person is to do')
    .max(2_000, 'expected at most 2000 characters')
    .describe('What the person is to do or look at, and what makes it good.'),
  who: z
    .string()
    .min(1, 'expected a person or a role of muster.yml')
    .exactOptional()
    .describe('A person or a role of muster.yml: called by name, and may answer besides the responders.'),
});

const Output = z.strictObject({
  answered_by: z.string().describe('Who answered.'),
  note: z.string().nullable().describe('What they wrote.'),
});

export const checkpoint = defineHuman({
  name: 'manual.checkpoint',
  version: 1,
  summary: 'Wait until a person says that something is done',
  input: Input,
  output: Output,
  binds: ['instructions', 'who'],
  checks: ['none that can fail: a person is asked when its turn comes'],
  iam: { read: [], effect: [] },
  plane: { kind: 'data' },
  defaultTimeout: '1h',
  async plan({ instructions, who }) {
    const shown = { instructions, ...(who !== undefined && { who }) };
    return {
      target: null,
      before: shown,
      after: { ...shown, answered: 'by a person' },
      noChange: false,
      checks: [
        {
          id: 'person',
          title: 'a person answers',
          verdict: 'pass',
          expected: 'an answer when its turn comes',
          found: 'it will be asked then',
          carry: 'never',
        },
      ],
      estimateMs: usual.minutes,
    };
  },
});
