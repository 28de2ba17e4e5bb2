import { z } from 'zod';

/** As much of JSON Schema as is needed to say what may stand at a place. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  items?: JsonSchema | boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  $ref?: string;
  definitions?: Record<string, JsonSchema>;
  $defs?: Record<string, JsonSchema>;
  [word: string]: unknown;
}

/** The JSON Schema of what people write (`input`) or of what is given back (`output`). */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output' = 'input'): JsonSchema {
  return z.toJSONSchema(schema, { io, target: 'draft-7', unrepresentable: 'any' }) as JsonSchema;
}

/** Every form that may stand at a path; empty where nothing is known. */
export function formsAt(root: JsonSchema, path: readonly PropertyKey[]): JsonSchema[] {
  let forms = spread(root, root);
  for (const name of path) forms = forms.flatMap((form) => spread(childOf(form, name), root));
  return forms;
}

/** The keys that may stand at a path. */
export function keysAt(root: JsonSchema, path: readonly PropertyKey[]): string[] {
  return [...new Set(formsAt(root, path).flatMap((form) => Object.keys(form.properties ?? {})))];
}

function childOf(form: JsonSchema, name: PropertyKey): JsonSchema | undefined {
  if (typeof name === 'number') return typeof form.items === 'object' ? form.items : undefined;
  const { properties, additionalProperties } = form;
  if (properties && Object.hasOwn(properties, name)) return properties[String(name)];
  return typeof additionalProperties === 'object' ? additionalProperties : undefined;
}

function spread(form: JsonSchema | undefined, root: JsonSchema, depth = 0): JsonSchema[] {
  if (!form || depth > 16) return [];
  if (form.$ref) return spread(resolve(form.$ref, root), root, depth + 1);
  const choices = form.anyOf ?? form.oneOf ?? form.allOf;
  return choices ? choices.flatMap((choice) => spread(choice, root, depth + 1)) : [form];
}

function resolve(ref: string, root: JsonSchema): JsonSchema | undefined {
  const name = ref.split('/').at(-1) ?? '';
  return ref === '#' ? root : (root.definitions?.[name] ?? root.$defs?.[name]);
}
