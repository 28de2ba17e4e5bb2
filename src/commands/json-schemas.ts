import { Command } from '../domain/command.ts';
import { Home } from '../domain/home.ts';
import { type JsonSchema, jsonSchemaOf } from './yaml/known-words.ts';

/** The published JSON Schema of `commands/NAME.yml`, for editors. */
export function commandSchema(): JsonSchema {
  return { ...jsonSchemaOf(Command), title: 'A recovery command of Muster' };
}

/** The published JSON Schema of `muster.yml`, for editors. */
export function homeSchema(): JsonSchema {
  return { ...jsonSchemaOf(Home), title: 'The home of Muster: what is protected, by whom, and who is told' };
}
