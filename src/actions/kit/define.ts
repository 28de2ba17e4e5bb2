import type { z } from 'zod';
import type { Action, ActionInfo, ActionPlan, Check, Lookup, Observation } from '../../domain/action.ts';
import { askOnce } from './ask-once.ts';
import { parseInput, toJson } from './border.ts';
import type { Clients, KitContext } from './context.ts';
import { unlessAborted } from './signal.ts';

/** An action as written in its file: facts that need no client, and how to bind it to clients. */
export interface Descriptor {
  info: ActionInfo;
  bind(clients: Clients): Action;
}

/** What was seen of an effect or a condition; `done` carries the action's typed output. */
export type Observed<Output> = { state: 'done'; output: Output } | Exclude<Observation, { state: 'done' }>;

interface Common<Input extends z.ZodObject, Output extends z.ZodObject>
  extends Pick<ActionInfo, 'name' | 'version' | 'summary' | 'iam' | 'plane' | 'defaultTimeout' | 'binds'> {
  /** What its plan checks, one line each, for the reference page. */
  checks: readonly string[];
  input: Input;
  output: Output;
  plan(input: z.output<Input>, ctx: KitContext): Promise<ActionPlan>;
}

export interface ReadSpec<Input extends z.ZodObject, Output extends z.ZodObject> extends Common<Input, Output> {
  /** Asked again until it is done or the step's timeout. */
  observe(input: z.output<Input>, ctx: KitContext): Promise<Observed<z.output<Output>>>;
  /** What was seen, in a few words for people; without it, its outputs by their names. */
  say?(output: z.output<Output>): string;
}

export interface EffectSpec<
  Input extends z.ZodObject,
  Output extends z.ZodObject,
  Captured extends z.ZodObject,
  Receipt extends z.ZodObject,
> extends Common<Input, Output>,
    Pick<ActionInfo, 'traffic' | 'undo'> {
  kind: 'converge' | 'once';
  risk: 'reversible' | 'irreversible';
  captured: Captured;
  receipt: Receipt;
  capture(input: z.output<Input>, ctx: KitContext): Promise<z.output<Captured>>;
  apply(input: z.output<Input>, sent: Sent<z.output<Captured>>, ctx: KitContext): Promise<z.output<Receipt>>;
  lookup(input: z.output<Input>, sent: Sent<z.output<Captured>>, ctx: KitContext): Promise<Found<z.output<Receipt>>>;
  /** Stands for the receipt where nothing had to be changed. */
  unchanged(input: z.output<Input>, ctx: KitContext): z.output<Receipt>;
  observe(input: z.output<Input>, receipt: z.output<Receipt>, ctx: KitContext): Promise<Observed<z.output<Output>>>;
  /** Sends what a look has called due. Never asked for where nothing had to be changed. */
  advance?(input: z.output<Input>, receipt: z.output<Receipt>, ctx: KitContext): Promise<void>;
  verify?(input: z.output<Input>, output: z.output<Output>, ctx: KitContext): Promise<Check[]>;
  restore(input: z.output<Input>, captured: z.output<Captured>): z.input<Input> | null;
}

/** What identifies one effect, however often it is sent. */
export interface Sent<Captured> {
  token: string;
  captured: Captured;
}

export type Found<Receipt> = { happened: true; receipt: Receipt } | Exclude<Lookup, { happened: true }>;

type HumanSpec<Input extends z.ZodObject, Output extends z.ZodObject> = Common<Input, Output>;

/** An action that changes nothing. */
export function defineRead<I extends z.ZodObject, O extends z.ZodObject>(spec: ReadSpec<I, O>): Descriptor {
  const info: ActionInfo = { ...factsOf(spec), ...harmless, kind: 'read' };
  const { say } = spec;
  return {
    info,
    bind: (clients) => ({
      ...info,
      ...withoutEffect(info),
      plan: async (input, ctx) => spec.plan(parseInput(info, spec.input, input), contextFor(clients, ctx)),
      observe: async (input, _receipt, ctx) =>
        observationOf(spec.output, await spec.observe(parseInput(info, spec.input, input), contextFor(clients, ctx))),
      ...(say ? { say: (output) => say(spec.output.parse(output)) } : {}),
    }),
  };
}

/** A question to a person: whoever runs the steps asks it and takes the answer. */
export function defineHuman<I extends z.ZodObject, O extends z.ZodObject>(spec: HumanSpec<I, O>): Descriptor {
  const info: ActionInfo = { ...factsOf(spec), ...harmless, kind: 'human' };
  return {
    info,
    bind: (clients) => ({
      ...info,
      ...withoutEffect(info),
      plan: async (input, ctx) => spec.plan(parseInput(info, spec.input, input), contextFor(clients, ctx)),
      observe: async () => ({ state: 'unknown', why: `${info.name} is answered by a person, not observed.` }),
    }),
  };
}

/** An action that changes something outside, once or towards a wanted state. */
export function defineEffect<
  I extends z.ZodObject,
  O extends z.ZodObject,
  C extends z.ZodObject,
  R extends z.ZodObject,
>(spec: EffectSpec<I, O, C, R>): Descriptor {
  const { kind, risk, traffic, undo } = spec;
  const info: ActionInfo = { ...factsOf(spec), kind, risk, traffic, undo };
  return { info, bind: (clients) => bindEffect(info, spec, clients) };
}

/** The action with its clients: JSON in and out, checked on the way. */
export function bindAction(descriptor: Descriptor, clients: Clients): Action {
  return descriptor.bind(clients);
}

function bindEffect<I extends z.ZodObject, O extends z.ZodObject, C extends z.ZodObject, R extends z.ZodObject>(
  info: ActionInfo,
  spec: EffectSpec<I, O, C, R>,
  clients: Clients,
): Action {
  const read = (input: unknown): z.output<I> => parseInput(info, spec.input, input);
  const { advance } = spec;
  return {
    ...info,
    plan: async (input, ctx) => spec.plan(read(input), contextFor(clients, ctx)),
    capture: async (input, ctx) => toJson(spec.captured, await spec.capture(read(input), contextFor(clients, ctx))),
    apply: async (input, token, captured, ctx) => {
      const sent = { token, captured: spec.captured.parse(captured) };
      return toJson(spec.receipt, await spec.apply(read(input), sent, contextFor(clients, ctx)));
    },
    lookup: async (input, token, captured, ctx) => {
      const sent = { token, captured: spec.captured.parse(captured) };
      const found = await spec.lookup(read(input), sent, contextFor(clients, ctx));
      return found.happened === true ? { happened: true, receipt: toJson(spec.receipt, found.receipt) } : found;
    },
    observe: async (input, receipt, ctx) => {
      const context = contextFor(clients, ctx);
      const known = receipt === null ? spec.unchanged(read(input), context) : spec.receipt.parse(receipt);
      return observationOf(spec.output, await spec.observe(read(input), known, context));
    },
    ...(advance
      ? {
          advance: (input, receipt, ctx) => advance(read(input), spec.receipt.parse(receipt), contextFor(clients, ctx)),
        }
      : {}),
    verify: async (input, output, ctx) =>
      spec.verify ? spec.verify(read(input), spec.output.parse(output), contextFor(clients, ctx)) : [],
    restore: (input, captured) => {
      const back = spec.restore(read(input), spec.captured.parse(captured));
      return back === null ? null : toJson(spec.input, back);
    },
  };
}

const harmless = {
  risk: 'read',
  traffic: 'none',
  undo: { possible: true, how: 'Nothing to undo: it changes nothing.' },
} as const;

function factsOf<I extends z.ZodObject, O extends z.ZodObject>(spec: Common<I, O>) {
  const { name, version, summary, input, output, binds, iam, plane, defaultTimeout, checks } = spec;
  return { name, version, summary, input, output, binds, iam, plane, defaultTimeout, checks };
}

function withoutEffect(info: ActionInfo): Pick<Action, 'capture' | 'apply' | 'lookup' | 'verify' | 'restore'> {
  return {
    capture: async () => ({}),
    apply: async () => {
      throw new Error(`${info.name} has no effect to apply.`);
    },
    lookup: async () => ({ happened: false }),
    verify: async () => [],
    restore: () => null,
  };
}

function contextFor(clients: Clients, ctx: Parameters<Action['plan']>[1]): KitContext {
  const { aws, http, sql, dns, tls, home, scripts, terraform } = clients;
  const { signal, purpose } = ctx;
  const ask = <T>(question: readonly unknown[], work: () => Promise<T>): Promise<T> =>
    unlessAborted(signal, () => (purpose === 'plan' ? askOnce(signal, question, work) : work()));
  return {
    ...ctx,
    ...{ home, scripts, terraform },
    aws: aws.session(ctx),
    http: {
      get: (...asked) => ask(['http', asked], () => http.get(...asked)),
      bytes: (...asked) => unlessAborted(signal, () => http.bytes(...asked)),
    },
    sql: { query: (...asked) => ask(['sql', asked], () => sql.query(...asked)) },
    dns: { addresses: (...asked) => ask(['dns', asked], () => dns.addresses(...asked)) },
    tls: { certificate: (...asked) => ask(['tls', asked], () => tls.certificate(...asked)) },
  };
}

function observationOf<O extends z.ZodObject>(output: O, seen: Observed<z.output<O>>): Observation {
  return seen.state === 'done' ? { state: 'done', output: toJson(output, seen.output) } : seen;
}
