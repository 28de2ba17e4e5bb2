import { z } from 'zod';
import { Duration } from './duration.ts';
import { Objectives } from './home.ts';
import { Json } from './json.ts';

/** The contents of `commands/NAME.yml`: a recovery procedure made of steps. Source: docs/commands.md. */

export const modes = ['graceful', 'ungraceful'] as const;
export const Mode = z.enum(modes);
export type Mode = z.infer<typeof Mode>;

const common = { description: z.string().max(200).optional(), required: z.boolean().optional() };
export const InputSpec = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('integer'),
    default: z.int().optional(),
    min: z.int().optional(),
    max: z.int().optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('string'),
    default: z.string().optional(),
    pattern: z.string().optional(),
    options: z.array(z.string()).optional(),
    ...common,
  }),
  z.strictObject({ type: z.literal('boolean'), default: z.boolean().optional(), ...common }),
  z.strictObject({
    type: z.literal('instant'),
    default: z
      .never('an instant has no default: a time that is written down beforehand is not the time that is meant')
      .optional(),
    ...common,
  }),
  z.strictObject({
    type: z.literal('duration'),
    default: Duration.optional(),
    min: Duration.optional(),
    max: Duration.optional(),
    ...common,
  }),
]);
export type InputSpec = z.infer<typeof InputSpec>;

export const OnFailure = z.enum(['pause', 'continue', 'stop']);

const stepId = z.string().regex(/^[a-z][a-z0-9_]*$/, 'expected a lower-case word such as promote or check_lag');

export const Step = z.strictObject({
  id: stepId,
  uses: z.string().describe('The action, such as rds.promote-read-replica.'),
  title: z.string().max(75).optional(),
  service: z.string().optional().describe('The service of muster.yml that this step is for; all of them if absent.'),
  with: z.record(z.string(), Json).default({}),
  needs: z.array(stepId).optional().describe('Steps that must be done first; without it, all above.'),
  when: z.string().optional().describe('A CEL condition.'),
  modes: z.array(Mode).min(1).optional(),
  fence: z.boolean().default(false),
  always: z.boolean().default(false),
  expect: Duration.optional().describe('How long it usually takes.'),
  timeout: Duration.default('10m'),
  retry: z.strictObject({ attempts: z.int().min(1).max(10), backoff: Duration.default('10s') }).optional(),
  on_failure: OnFailure.default('pause'),
});
export type Step = z.infer<typeof Step>;

/** `recovery` runs in an incident only; `drill` in a record of its own; `routine` in its month's, or in an incident. */
export const purposes = ['recovery', 'routine', 'drill'] as const;
export type Purpose = (typeof purposes)[number];

export const Command = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a lower-case name such as failover'),
  title: z.string().max(75),
  scenario: z.string().optional(),
  purpose: z
    .enum(purposes)
    .default('recovery')
    .describe('What it is for: recovering in an incident, a routine such as a backup, or a drill on test resources.'),
  confirm: z.string().max(40).optional().describe('What the requester types.'),
  approvals: z.int().min(0).max(5).optional().describe('People besides the requester.'),
  modes: z.array(Mode).min(1).default(['graceful']),
  objectives: Objectives.default({}),
  inputs: z.record(z.string().regex(/^[a-z][a-z0-9_]*$/), InputSpec).default({}),
  steps: z.array(Step).min(1),
});
export type Command = z.infer<typeof Command>;

/** The words of `/dr` and `muster` themselves: no command may take one of these names. */
export const reservedWords = [
  'help',
  'declare',
  'list',
  'plan',
  'drill',
  'rehearse',
  'approve',
  'pause',
  'resume',
  'abort',
  'retry',
  'skip',
  'undo',
  'status',
  'update',
  'assign',
  'timeline',
  'ack',
  'snooze',
  'readiness',
  'report',
  'resolve',
  'close',
  'check',
  'doctor',
  'iam-policy',
  'audit',
  'template',
  'break-glass',
  'answer',
  'publish',
  'severity',
  'contacts',
  'schedules',
] as const;
