import { type Command, type InputSpec, type Mode, Mode as ModeSchema } from '../domain/command.ts';
import { Refusal } from '../domain/errors.ts';
import type { Json, JsonObject } from '../domain/json.ts';
import { advice } from '../domain/nearest.ts';
import { describeInput, readInput } from './input-value.ts';

/**
 * A command's inputs, from what a person typed, with defaults.
 * Throws `Refusal` naming the input: unknown, missing, or not of its type.
 */
export function readInputs(command: Command, raw: Record<string, string>): JsonObject {
  const known = Object.keys(command.inputs);
  for (const name of Object.keys(raw)) {
    if (known.includes(name)) continue;
    const hint = known.length > 0 ? advice(name, known) : 'it takes none.';
    throw new Refusal(`${command.name} has no input ${shorten(name)}: ${hint}`, name);
  }
  return Object.fromEntries(
    Object.entries(command.inputs).map(([name, spec]) => [name, inputOf(command.name, name, spec, ownText(raw, name))]),
  );
}

/** The mode that was asked for, else the command's first. Throws `Refusal` when the command has no such mode. */
export function readMode(command: Command, typed: string | undefined): Mode {
  if (typed === undefined || typed === '') return command.modes[0] ?? 'graceful';
  const mode = ModeSchema.safeParse(typed.toLowerCase()).data;
  if (mode && command.modes.includes(mode)) return mode;
  throw new Refusal(`${command.name} has no mode ${shorten(typed)}: ${advice(typed, command.modes)}`, 'mode');
}

function inputOf(command: string, name: string, spec: InputSpec, typed: string | undefined): Json {
  if (typed === undefined) {
    if (spec.default !== undefined) return spec.default;
    throw new Refusal(`${command} wants ${name}, which is ${describeInput(spec)}: add ${name}=….`, name);
  }
  const value = readInput(spec, typed);
  if (value === undefined) throw new Refusal(`${name} is ${describeInput(spec)}: found ${shorten(typed)}.`, name);
  return value;
}

function ownText(raw: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(raw, name) ? raw[name] : undefined;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? 'nothing' : line.length > 40 ? `${line.slice(0, 40)}…` : line;
}
