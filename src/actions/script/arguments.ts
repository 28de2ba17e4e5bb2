import type { Script, ScriptArgument } from '../../domain/home.ts';
import { suggestion } from '../../domain/nearest.ts';

export type Given = Readonly<Record<string, string | number | boolean>>;

/** Text that a script may be given where muster.yml says no more of it: a name, a path, a time, an address. */
const plain = /^[A-Za-z0-9][\w.:/@+=,-]{0,254}$/;

/** The command line of a script, or sentences about what is wrong with its arguments. */
export function commandLine(script: Pick<Script, 'arguments'>, given: Given): { args: string[]; faults: string[] } {
  const declared = Object.entries(script.arguments);
  const names = declared.map(([name]) => name);
  const unknown = Object.keys(given).filter((name) => !names.includes(name));
  const faults = unknown.map((name) => `there is no argument ${name}: ${suggestion(name, names)}`);
  const args: string[] = [];
  for (const [name, argument] of declared) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const fault = value === undefined ? lackOf(name, argument) : faultIn(name, argument, value);
    if (fault !== undefined) faults.push(fault);
    else if (value !== undefined) args.push(...written(argument, value));
  }
  return { args, faults };
}

function lackOf(name: string, { required, type }: ScriptArgument): string | undefined {
  return required && type !== 'boolean' ? `${name} is missing` : undefined;
}

function faultIn(name: string, argument: ScriptArgument, value: string | number | boolean): string | undefined {
  const { type, options, pattern, min, max } = argument;
  if (type === 'boolean') return typeof value === 'boolean' ? undefined : `${name} is true or false, found ${value}`;
  if (type === 'integer') {
    const fits = Number.isInteger(value) && Number(value) >= (min ?? -Infinity) && Number(value) <= (max ?? Infinity);
    return fits ? undefined : `${name} is a whole number${rangeOf(argument)}, found ${value}`;
  }
  const text = String(value);
  if (options && !options.includes(text)) return `${name} is one of ${options.join(', ')}, found ${text}`;
  // Without a flag before it, what begins with a hyphen would be taken for one.
  if (text.startsWith('-') || !isAllowed(text, options, pattern)) return `${name} may not be ${JSON.stringify(text)}`;
  return undefined;
}

function isAllowed(text: string, options: readonly string[] | undefined, pattern: string | undefined): boolean {
  if (pattern !== undefined) return new RegExp(`^(?:${pattern})$`).test(text);
  return options !== undefined || plain.test(text);
}

function rangeOf({ min, max }: ScriptArgument): string {
  if (min === undefined && max === undefined) return '';
  return ` from ${min ?? 'any'} to ${max ?? 'any'}`;
}

function written({ flag, type }: ScriptArgument, value: string | number | boolean): string[] {
  if (type === 'boolean') return value === true && flag !== undefined ? [flag] : [];
  return flag === undefined ? [String(value)] : [flag, String(value)];
}
