import type { ASTNode } from '@marcbachmann/cel-js';
import { suggestion } from '../../domain/nearest.ts';
import { dyn, itemShape, type Shape } from './shape.ts';

/** What an expression reads, found by walking it. */
export interface Reading {
  /** The first words of its paths: resources, inputs, steps … */
  roots: Set<string>;
  /** Steps whose output it reads. */
  steps: Set<string>;
  macros: number;
  /** How often it adds, which makes of two texts or lists a longer one. */
  sums: number;
  faults: { message: string; offset: number }[];
}

const macros = new Set(['map', 'filter', 'all', 'exists', 'exists_one', 'bind']);
/** JavaScript's regular expressions can take exponential time, so this CEL function is not offered. */
const refused = new Set(['matches']);

/** Walks an expression against the shapes of what it may read; without shapes, only collects. */
export function readExpression(ast: ASTNode, shapes: Record<string, Shape> = {}): Reading {
  const reading: Reading = { roots: new Set(), steps: new Set(), macros: 0, sums: 0, faults: [] };
  walk(ast, shapes, reading, false);
  return reading;
}

function walk(node: ASTNode, shapes: Record<string, Shape>, reading: Reading, lenient: boolean): Shape {
  if (node.op === '+') reading.sums += 1;
  if (node.op === 'id') {
    reading.roots.add(node.args);
    return Object.hasOwn(shapes, node.args) ? (shapes[node.args] ?? dyn) : dyn;
  }
  if (node.op === '.' || node.op === '.?') return walkField(node, ...node.args, shapes, reading, lenient);
  if (node.op === '[]' || node.op === '[?]') {
    const [object, key] = node.args;
    if (key.op === 'value' && typeof key.args === 'string')
      return walkField(node, object, key.args, shapes, reading, lenient);
    walk(key, shapes, reading, false);
    return itemShape(walk(object, shapes, reading, false));
  }
  if (node.op === 'call' || node.op === 'rcall') walkCall(node, shapes, reading);
  else for (const child of childrenOf(node.args)) walk(child, shapes, reading, false);
  return dyn;
}

function walkField(
  node: ASTNode,
  object: ASTNode,
  key: string,
  shapes: Record<string, Shape>,
  reading: Reading,
  lenient: boolean,
): Shape {
  if (object.op === 'id' && object.args === 'steps') reading.steps.add(key);
  const shape = walk(object, shapes, reading, false);
  if (shape.is === 'map') return shape.item;
  if (shape.is !== 'object') return dyn;
  const field = shape.fields.get(key);
  if (field) return field;
  if (!lenient) {
    const owner = node.input.slice(object.range.start, object.range.end);
    const message = `${owner} has no ${key}: ${suggestion(key, [...shape.fields.keys()])}`;
    reading.faults.push({ message, offset: object.range.end + 1 });
  }
  return dyn;
}

function walkCall(
  node: Extract<ASTNode, { op: 'call' | 'rcall' }>,
  shapes: Record<string, Shape>,
  reading: Reading,
): void {
  const [name] = node.args;
  if (refused.has(name)) reading.faults.push({ message: `${name}() is not offered here`, offset: node.range.start });
  if (node.op === 'rcall' && macros.has(name)) reading.macros += 1;
  const bind = node.op === 'rcall' && name === 'bind';
  for (const child of childrenOf(node.args)) {
    if (bind && child.op === 'id' && child.args === 'cel') continue;
    walk(child, shapes, reading, name === 'has');
  }
}

function childrenOf(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(childrenOf);
  return isNode(args) ? [args] : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'range' in value;
}
