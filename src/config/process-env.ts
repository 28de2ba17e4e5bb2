import { readSettings, type Settings } from './settings.ts';

/** The settings of this process. Throws `Refusal` naming each variable that is wrong. */
export function readProcessSettings(): Settings {
  return readSettings(process.env);
}

/** A secret by the name of its variable, read when it is used; undefined when it is not set. */
export function readVariable(name: string): string | undefined {
  return process.env[name];
}

/** What this process was given, by name alone. */
export function variableNames(): string[] {
  return Object.keys(process.env).sort();
}
