import type { InputSpec } from '../../domain/command.ts';
import { durationMs } from '../../domain/duration.ts';
import { accept, describeInput } from '../input-value.ts';
import { type Lint, named } from './draft.ts';

/** An input's bounds make sense, and its default is within them. */
export const lintInputs: Lint = ({ command, places }) =>
  Object.entries(command.inputs).flatMap(([name, spec]) => {
    const found =
      name === 'mode' ? 'is how people choose graceful or ungraceful: give this input another name' : faultOf(spec);
    return found ? named('input', [places.fault(['inputs', name], `${name} ${found}`, 'key')]) : [];
  });

function faultOf(spec: InputSpec): string | undefined {
  if (spec.required === true && spec.default !== undefined)
    return 'has a default, so it is never required: keep one of them';
  if (spec.required === false && spec.default === undefined) return 'has no default, so it is required: give it one';
  const bounds = boundsFault(spec);
  if (bounds) return bounds;
  if (spec.default === undefined || accept(spec, spec.default) !== undefined) return undefined;
  return `is ${describeInput(spec)}, and its default ${String(spec.default)} is not`;
}

function boundsFault(spec: InputSpec): string | undefined {
  if (spec.type === 'string') return patternFault(spec.pattern);
  if (spec.type === 'boolean' || spec.type === 'instant') return undefined;
  if (spec.min === undefined || spec.max === undefined) return undefined;
  const [min, max] = spec.type === 'integer' ? [spec.min, spec.max] : [durationMs(spec.min), durationMs(spec.max)];
  return Number(min) > Number(max) ? `has a min of ${spec.min}, above its max of ${spec.max}` : undefined;
}

function patternFault(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return undefined;
  try {
    new RegExp(pattern, 'u');
    return undefined;
  } catch {
    return `has a pattern that is no regular expression: ${pattern}`;
  }
}
