import type { Environment } from '@marcbachmann/cel-js';
import type { Json } from '../../domain/json.ts';
import { formsAt, type JsonSchema } from '../yaml/known-words.ts';

/** What is known of a value before anything runs. */
export type Shape =
  | { is: 'string' | 'int' | 'double' | 'bool' | 'dyn' }
  | { is: 'list'; item: Shape }
  | { is: 'map'; item: Shape }
  | { is: 'object'; fields: ReadonlyMap<string, Shape> };

export const dyn: Shape = { is: 'dyn' };

export function objectShape(fields: Record<string, Shape>): Shape {
  return { is: 'object', fields: new Map(Object.entries(fields)) };
}

/** The shape of a value that is known in full, such as the resources of muster.yml. */
export function shapeOfJson(value: Json): Shape {
  if (typeof value === 'string') return { is: 'string' };
  if (typeof value === 'boolean') return { is: 'bool' };
  if (typeof value === 'number') return { is: Number.isInteger(value) ? 'int' : 'double' };
  if (value === null) return dyn;
  if (Array.isArray(value)) return { is: 'list', item: common(value.map(shapeOfJson)) };
  return { is: 'object', fields: new Map(Object.entries(value).map(([key, item]) => [key, shapeOfJson(item)])) };
}

/** The shape of an action's output. Its numbers are fractions to CEL: int(…) makes a whole one. */
export function shapeOfSchema(schema: JsonSchema, root: JsonSchema = schema): Shape {
  const forms = formsAt({ ...schema, definitions: root.definitions ?? {} }, []);
  const [form] = forms;
  if (!form || forms.length > 1) return dyn;
  const { properties, additionalProperties, items } = form;
  if (form.type === 'string' || form.type === 'boolean') return { is: form.type === 'string' ? 'string' : 'bool' };
  if (form.type === 'integer' || form.type === 'number') return { is: 'double' };
  if (form.type === 'array') return { is: 'list', item: typeof items === 'object' ? shapeOfSchema(items, root) : dyn };
  if (properties) {
    return {
      is: 'object',
      fields: new Map(Object.entries(properties).map(([key, item]) => [key, shapeOfSchema(item, root)])),
    };
  }
  if (typeof additionalProperties === 'object') return { is: 'map', item: shapeOfSchema(additionalProperties, root) };
  return dyn;
}

/** The shape of whichever field a computed key names. */
export function itemShape(shape: Shape): Shape {
  if (shape.is === 'list' || shape.is === 'map') return shape.item;
  return shape.is === 'object' ? common([...shape.fields.values()]) : dyn;
}

function common(shapes: Shape[]): Shape {
  const [first] = shapes;
  if (!first) return dyn;
  const text = signature(first);
  return shapes.every((shape) => signature(shape) === text) ? first : dyn;
}

function signature(shape: Shape): string {
  if (shape.is === 'list' || shape.is === 'map') return `${shape.is}<${signature(shape.item)}>`;
  if (shape.is !== 'object') return shape.is;
  return `{${[...shape.fields]
    .map(([key, item]) => `${JSON.stringify(key)}:${signature(item)}`)
    .sort()
    .join()}}`;
}

/** Declares shapes to a CEL environment; equal shapes become one type. */
export function declareShapes(environment: Environment, variables: Record<string, Shape>): void {
  const names = new Map<string, string>();
  const typeOf = (shape: Shape): string => {
    if (shape.is === 'list') return `list<${typeOf(shape.item)}>`;
    if (shape.is === 'map') return `map<string, ${typeOf(shape.item)}>`;
    if (shape.is !== 'object') return shape.is;
    const types = [...shape.fields.values()].map(typeOf);
    const [only, ...others] = new Set(types);
    if (only && only !== 'dyn' && others.length === 0) return `map<string, ${only}>`;
    const text = signature(shape);
    const known = names.get(text);
    if (known) return known;
    const name = `Map${names.size + 1}`;
    names.set(text, name);
    environment.registerType(name, {
      fields: Object.fromEntries([...shape.fields.keys()].map((key, at) => [key, types[at] ?? 'dyn'])),
    });
    return name;
  };
  for (const [name, shape] of Object.entries(variables)) environment.registerVariable(name, typeOf(shape));
}
