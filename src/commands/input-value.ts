import type { InputSpec } from '../domain/command.ts';
import { Duration, durationMs, Instant } from '../domain/duration.ts';
import type { Json } from '../domain/json.ts';

const longest = 200;
const yes = ['true', 'yes', 'on'];
const no = ['false', 'no', 'off'];

/** What a person typed as a value of this input, or undefined when it is not one. */
export function readInput(spec: InputSpec, typed: string): Json | undefined {
  const text = typed.trim();
  switch (spec.type) {
    case 'integer':
      return /^[+-]?\d{1,15}$/.test(text) ? accept(spec, Number(text)) : undefined;
    case 'boolean':
      return readBoolean(text.toLowerCase());
    case 'duration':
    case 'instant':
    case 'string':
      return accept(spec, text);
  }
}

/** The value itself when it is within the input's bounds. */
export function accept(spec: InputSpec, value: Json): Json | undefined {
  return fits(spec, value) ? value : undefined;
}

/** `an integer from 1 to 100`: for the sentence that refuses, and for help. */
export function describeInput(spec: InputSpec): string {
  switch (spec.type) {
    case 'integer':
      return `an integer${between(spec.min, spec.max)}`;
    case 'duration':
      return `a duration such as 15m${between(spec.min, spec.max)}`;
    case 'instant':
      return 'a time with its offset, such as 2026-03-01T14:05Z or 2026-03-01T15:05+01:00';
    case 'boolean':
      return 'true or false';
    case 'string':
      if (spec.options) return `one of ${spec.options.join(', ')}`;
      return spec.pattern ? `a text like ${spec.pattern}` : `a text of at most ${longest} characters`;
  }
}

function fits(spec: InputSpec, value: Json): boolean {
  switch (spec.type) {
    case 'integer':
      return (
        typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= (spec.min ?? -Infinity) &&
        value <= (spec.max ?? Infinity)
      );
    case 'boolean':
      return typeof value === 'boolean';
    case 'duration':
      return typeof value === 'string' && Duration.safeParse(value).success && withinDurations(spec, durationMs(value));
    case 'instant':
      return typeof value === 'string' && Instant.safeParse(value).success;
    case 'string':
      return typeof value === 'string' && value.length <= longest && matchesString(spec, value);
  }
}

function withinDurations(spec: Extract<InputSpec, { type: 'duration' }>, ms: number): boolean {
  return ms >= (spec.min ? durationMs(spec.min) : 0) && ms <= (spec.max ? durationMs(spec.max) : Infinity);
}

function matchesString(spec: Extract<InputSpec, { type: 'string' }>, value: string): boolean {
  if (spec.options && !spec.options.includes(value)) return false;
  return spec.pattern === undefined || new RegExp(`^(?:${spec.pattern})$`, 'u').test(value);
}

function readBoolean(text: string): boolean | undefined {
  if (yes.includes(text)) return true;
  return no.includes(text) ? false : undefined;
}

function between(min: number | string | undefined, max: number | string | undefined): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  if (min !== undefined) return ` of at least ${min}`;
  return max !== undefined ? ` of at most ${max}` : '';
}
