import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
} from 'yaml';
import type { z } from 'zod';
import { type Fault, FaultyFiles } from '../../domain/errors.ts';
import type { Json } from '../../domain/json.ts';
import { explainIssues } from './explain-issues.ts';

export type YamlPath = readonly (string | number)[];

/** Where things stand in a YAML file that people wrote. */
export interface YamlPlaces {
  file: string;
  /** The file as plain JSON, before defaults. */
  raw: Json;
  /** A fault at the value of this path, at its key, or at `text` inside its value; at the nearest parent where it is absent. */
  fault(path: YamlPath, message: string, where?: 'key' | { text: string; offset: number }): Fault;
}

export interface YamlFile<T> extends YamlPlaces {
  value: T;
}

const maxCharacters = 256 * 1024;
const maxAliases = 100;
const harmfulKeys = new Set(['__proto__', 'constructor', 'prototype']);

/** Reads YAML against a schema. Throws `FaultyFiles` with every fault found, each with its line and column. */
export function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): YamlFile<T> {
  const places = readPlaces(text, file);
  const result = schema.safeParse(places.raw);
  if (result.success) return { ...places, value: result.data };
  throw new FaultyFiles(explainIssues(result.error.issues, places, schema));
}

function readPlaces(text: string, file: string): YamlPlaces {
  const top = (message: string) => new FaultyFiles([{ file, line: 1, column: 1, message }]);
  if (text.length > maxCharacters) throw top(`is larger than ${maxCharacters / 1024} KiB: split it or shorten it`);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', logLevel: 'error' });
  const faultAt = (offset: number, message: string): Fault => {
    const { line, col } = lines.linePos(Math.max(0, offset));
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  const faults = [...syntaxFaults(document, text, faultAt), ...refusedNodes(document, faultAt)];
  if (faults.length > 0) throw new FaultyFiles(faults);
  const raw = toJson(document, (message) => new FaultyFiles([faultAt(0, message)]));
  if (raw === null) throw top('is empty');
  return {
    file,
    raw,
    fault: (path, message, where) => faultAt(offsetOf(document, path, text, where), message),
  };
}

function syntaxFaults(document: Document, text: string, faultAt: (offset: number, message: string) => Fault): Fault[] {
  const [first] = document.errors;
  if (!first) return [];
  const offset = first.pos[0];
  if (first.code === 'DUPLICATE_KEY') {
    return document.errors
      .filter((error) => error.code === 'DUPLICATE_KEY')
      .map((error) => faultAt(error.pos[0], 'this key is already given above: keep one of them'));
  }
  if (first.code === 'MULTIPLE_DOCS')
    return [faultAt(offset, 'holds a second document (---): keep one document a file')];
  if (first.code === 'RESOURCE_EXHAUSTION') return [faultAt(offset, 'is nested too deeply')];
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
  const hint = line.includes('${{')
    ? ' (an expression beside braces, brackets or colons is written in quotes: "${{ … }}")'
    : '';
  return [faultAt(offset, `is not YAML here: ${first.message}${hint}`)];
}

/** Keys and tags that have no place in a file people write: they would reach a prototype, or are no JSON. */
function refusedNodes(document: Document, faultAt: (offset: number, message: string) => Fault): Fault[] {
  const faults: Fault[] = [];
  visit(document, {
    Pair(_, pair) {
      const key = pair.key;
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      const value = isScalar(key) ? key.value : undefined;
      const word =
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? String(value)
          : undefined;
      if (word === undefined) faults.push(faultAt(offset, 'expected a word as key'));
      else if (harmfulKeys.has(word)) faults.push(faultAt(offset, `${word} cannot be a key`));
    },
    Node(_, node) {
      if (!isAlias(node) && node.tag) faults.push(faultAt(node.range?.[0] ?? 0, 'tags (!…) are not used here'));
    },
  });
  return faults;
}

function toJson(document: Document, fail: (message: string) => FaultyFiles): Json {
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    throw fail(`cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const why = notJson(value, []);
  if (why) throw fail(why);
  return (value ?? null) as Json;
}

function notJson(value: unknown, above: readonly unknown[]): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return 'holds a number that is not finite';
  if (value === null || typeof value !== 'object') return undefined;
  if (above.includes(value)) return 'holds an alias (*…) of something that contains it';
  if (above.length > 64) return 'is nested too deeply';
  const inside = [...above, value];
  for (const part of Object.values(value)) {
    const why = notJson(part, inside);
    if (why) return why;
  }
  return undefined;
}

function offsetOf(
  document: Document,
  path: YamlPath,
  text: string,
  where: 'key' | { text: string; offset: number } | undefined,
): number {
  let node: unknown = document.contents;
  let found = isNode(node) ? (node.range?.[0] ?? 0) : 0;
  let end = text.length;
  for (const [depth, name] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const child = childOf(node, name);
    if (!child) return found;
    node = child.value;
    const last = depth === path.length - 1;
    const place = where === 'key' && last ? child.key : isNode(node) ? node : child.key;
    found = isNode(place) ? (place.range?.[0] ?? found) : found;
    end = isNode(place) ? (place.range?.[1] ?? end) : end;
    if (isCollection(node) && !last && isNode(child.key)) found = child.key.range?.[0] ?? found;
  }
  if (typeof where !== 'object') return found;
  const inside = text.slice(found, end).indexOf(where.text);
  return inside < 0 ? found : found + inside + where.offset;
}

function childOf(node: unknown, name: string | number): { key: unknown; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(
      (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(name),
    );
    return pair && { key: pair.key, value: pair.value };
  }
  if (isSeq(node) && typeof name === 'number' && name < node.items.length) {
    return { key: node.items[name], value: node.items[name] };
  }
  return undefined;
}
