import type { z } from 'zod';
import { Refusal } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
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
    if (!ask.success) throw explain(ask.error);
    return toJson(await work(ask.data, by));
  };
}

function explain(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const field = issue?.path.join('.') ?? '';
  return new Refusal(
    `${field === '' ? 'What was asked' : field}: ${issue?.message ?? 'not understood'}.`,
    field || undefined,
  );
}

/** Dates become ISO 8601 text, as `Wire` describes. */
function toJson(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
