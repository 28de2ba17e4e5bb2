import { z } from 'zod';
import type { ActionInfo } from '../../domain/action.ts';
import { Refusal } from '../../domain/errors.ts';
import { Json, type JsonObject } from '../../domain/json.ts';
import { suggestion } from '../../domain/nearest.ts';
import { UnreadableAnswer } from './fault.ts';

const JsonRecord = z.record(z.string(), Json);

/** The action's typed input, or a Refusal of one sentence that names the field. */
export function parseInput<Schema extends z.ZodObject>(
  { name }: Pick<ActionInfo, 'name'>,
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (!issue) throw new Refusal(`${name} was given an input that it cannot read.`);
  const field = issue.path.join('.');
  throw new Refusal(`${name}: ${explain(issue, field, Object.keys(schema.shape))}`, field || undefined);
}

/** A typed value as JSON, checked by its schema; fields that are absent stay absent. Throws a sentence without the value. */
export function toJson(schema: z.ZodObject, value: object): JsonObject {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  if (issue) throw new UnreadableAnswer(`What was answered cannot be used: ${sayIssue(issue, issue.path.join('.'))}`);
  return JsonRecord.parse(JSON.parse(JSON.stringify(value)));
}

function explain(issue: z.core.$ZodIssue, field: string, known: readonly string[]): string {
  if (issue.code === 'unrecognized_keys') {
    const [typed = ''] = issue.keys;
    return `there is no input ${typed}: ${suggestion(typed, known)}`;
  }
  return sayIssue(issue, field);
}

function sayIssue(issue: z.core.$ZodIssue, field: string): string {
  const text = issue.message
    .replace(/^Invalid input: /, '')
    .replace(/, received (\w+)$/, (_, kind) => `, found ${kind === 'undefined' ? 'nothing' : kind}`)
    .replace(/\.$/, '');
  return field ? `${field}: ${text}.` : `${text}.`;
}
