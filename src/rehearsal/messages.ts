import { z } from 'zod';
import { Command, Mode } from '../domain/command.ts';
import { Home } from '../domain/home.ts';
import { Json } from '../domain/json.ts';
import { Estate, Fault } from '../sim/index.ts';
import { RehearsalReport } from './report.ts';

const object = z.record(z.string(), Json);

/** A check of which the simulation knows only whether its far end answers: then it is given what it expects. */
export const StandIn = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sql'),
    step: z.string(),
    reference: z.string(),
    text: z.string(),
    /** Null where only a run gives them. */
    values: z.array(Json).nullable(),
    row: object,
  }),
  z.strictObject({ kind: z.literal('http'), step: z.string(), url: z.string(), status: z.int(), body: z.string() }),
]);
export type StandIn = z.infer<typeof StandIn>;

/** All that a rehearsal's process is told; nothing of the environment tells it more, and of files only those of the home. */
export const RehearsalTask = z.strictObject({
  folder: z.string(),
  /** Where templates and scripts are read, and only read. */
  homeDir: z.string(),
  home: Home,
  command: Command,
  inputs: z.record(z.string(), z.string()),
  mode: Mode,
  estate: Estate,
  /** Objects that are there from the beginning. */
  objects: z.array(z.strictObject({ region: z.string(), bucket: z.string(), key: z.string() })),
  standIns: z.array(StandIn),
  dark: z.boolean(),
  troubles: z.array(z.strictObject({ fault: Fault, sentence: z.string() })),
  /** Whether the command changes which database takes writes. */
  promotes: z.boolean(),
  /** Where Muster itself runs, for the rule against leaving that Region. */
  ownRegion: z.string().optional(),
  mayLeave: z.string().optional(),
});
export type RehearsalTask = z.infer<typeof RehearsalTask>;

/** What it tells: how far it is, and at its end one of the last two. */
export const FromRehearsal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready') }),
  z.strictObject({ kind: z.literal('progress'), line: z.string() }),
  z.strictObject({ kind: z.literal('reported'), report: RehearsalReport }),
  z.strictObject({ kind: z.literal('refused'), sentence: z.string() }),
]);
export type FromRehearsal = z.infer<typeof FromRehearsal>;
