import type { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { explainIssue, type Issue } from '../../domain/explain-issue.ts';
import type { Json } from '../../domain/json.ts';
import { suggestion } from '../../domain/nearest.ts';
import { type JsonSchema, jsonSchemaOf, keysAt } from './known-words.ts';
import type { YamlPath, YamlPlaces } from './parse-yaml.ts';

/** Faults with their places, from what a schema found. `under` is where in the file the checked value stands. */
export function explainIssues(
  issues: readonly Issue[],
  places: YamlPlaces,
  schema: z.ZodType,
  under: YamlPath = [],
  value: Json = places.raw,
): Fault[] {
  const root = jsonSchemaOf(schema);
  return issues.flatMap((issue) => faultsOf(issue, places, root, under, value));
}

function faultsOf(issue: Issue, places: YamlPlaces, root: JsonSchema, under: YamlPath, value: Json): Fault[] {
  const inside = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const path = [...under, ...inside];
  const found = valueAt(value, inside);
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(root, inside).filter((key) => !hasKey(found, key));
    return issue.keys.map((key) =>
      places.fault([...path, key], `${key} is not known here: ${suggestion(key, known)}`, 'key'),
    );
  }
  const name =
    typeof path.at(-1) === 'number' ? `${path.at(-2) ?? 'item'}[${path.at(-1)}]` : String(path.at(-1) ?? 'this file');
  return [places.fault(path, explainIssue(name, issue, found), issue.code === 'invalid_key' ? 'key' : undefined)];
}

function hasKey(value: Json | undefined, key: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}

export function valueAt(value: Json, path: YamlPath): Json | undefined {
  let here: Json | undefined = value;
  for (const part of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
    here = Array.isArray(here) ? here[Number(part)] : here[part];
  }
  return here;
}
