import type { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import { explainIssue } from '../../domain/explain-issue.ts';
import type { Json, JsonObject } from '../../domain/json.ts';
import type { Person } from '../../domain/person.ts';

/** Carries out one word: checks what was asked, does it, and gives back JSON. */
export type Word = (args: JsonObject, by: Person) => Promise<JsonObject>;

/** `work` gets what the schema lets through; anything else is refused by the name of the field. */
export function defineWord<S extends z.ZodObject>(
  schema: S,
  work: (ask: z.infer<S>, by: Person) => Promise<object>,
): Word {
  return async (args, by) => {
    const ask = schema.safeParse(args);
    if (!ask.success) throw explain(ask.error, args);
    return toJson(await work(ask.data, by));
  };
}

function explain({ issues: [issue] }: z.ZodError, args: JsonObject): Refusal {
  if (issue === undefined) return new Refusal('What was asked is not understood.');
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') return new Refusal(`${issue.keys.join(', ')} is not asked for by this word.`);
  const found = issue.path.reduce<Json | undefined>(within, args);
  return new Refusal(`${explainIssue(field || 'What was asked', issue, found)}.`, field || undefined);
}

function within(value: Json | undefined, key: PropertyKey): Json | undefined {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<PropertyKey, Json>)[key];
}

/** Dates become ISO 8601 text, as `Wire` describes. */
function toJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
