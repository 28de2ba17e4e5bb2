import { z } from 'zod';
import { Mode } from '../domain/command.ts';
import { Json } from '../domain/json.ts';

const ms = z.number();
const sentence = z.string();

/** What became of it in the simulated cloud; `blocked` is a plan that nobody could have asked for. */
export const RehearsalOutcome = z.enum([
  'succeeded',
  'succeeded-with-exceptions',
  'failed',
  'aborted',
  'undone',
  'blocked',
]);
export type RehearsalOutcome = z.infer<typeof RehearsalOutcome>;

const Measured = z.strictObject({ ms: ms.nullable(), objectiveMs: ms.nullable(), explain: sentence });

const RehearsedStep = z.strictObject({
  id: z.string(),
  title: z.string(),
  uses: z.string(),
  status: z.string(),
  estimateMs: ms,
  /** Null where it was not seen to begin and to end. */
  tookMs: ms.nullable(),
  note: z.string().nullable(),
  /** What it looks at is not in the simulation: it was answered as it expects. */
  standIn: z.boolean(),
});
export type RehearsedStep = z.infer<typeof RehearsedStep>;

/** What a rehearsal has shown. It speaks of a simulated cloud alone. */
export const RehearsalReport = z.strictObject({
  command: z.string(),
  title: z.string(),
  mode: Mode,
  inputs: z.record(z.string(), Json),
  /** Which way: from, to. */
  regions: z.strictObject({ active: z.string(), standby: z.string() }),
  dark: z.boolean(),
  /** What was made to go wrong, one sentence each. */
  troubles: z.array(sentence),
  outcome: RehearsalOutcome,
  exceptions: z.array(sentence),
  rto: Measured,
  rpo: Measured,
  /** Of the run itself, in simulated time; null where none ended. */
  elapsedMs: ms.nullable(),
  criticalPathMs: ms,
  steps: z.array(RehearsedStep),
  /** Why nobody could have asked for it. */
  problems: z.array(sentence),
  /** Readings that a person would have to carry with a reason. */
  carried: z.array(sentence),
  /** Where it stopped and a person would have had to decide. */
  pauses: z.array(sentence),
  checkpoints: z.array(
    z.strictObject({
      step: z.string(),
      title: z.string(),
      instructions: z.string(),
      /** By a stand-in; false where the run did not come so far. */
      answered: z.boolean(),
    }),
  ),
  approvals: z.strictObject({ phrase: z.string().nullable(), needed: z.number(), standIns: z.array(z.string()) }),
  /** By the cloud's own account, whatever Muster has seen. */
  cloud: z.strictObject({
    /** Null where the command promotes no database. */
    writersOverlapMs: ms.nullable(),
    lost: z.array(z.strictObject({ instance: z.string(), seconds: z.number() })),
    traffic: z.array(z.strictObject({ name: z.string(), region: z.string().nullable() })),
  }),
  /** Names of the variables that its process had. */
  environment: z.array(z.string()),
});
export type RehearsalReport = z.infer<typeof RehearsalReport>;
