import Handlebars from 'handlebars';
import type { z } from 'zod';
import type { Fault } from '../../domain/errors.ts';
import { suggestion } from '../../domain/nearest.ts';
import { checkPath } from './check-path.ts';
import { fieldOf } from './fields.ts';

const blocks = ['if', 'unless', 'each'];

/** Where in a template we are: inside how many lists, and to whom a fault is told. */
export interface Look {
  shape: z.ZodRawShape;
  html: boolean;
  lists: number;
  fault(node: hbs.AST.Node, message: string): void;
}

/** Every word of a template that it is not given, or that cannot stand where it does: also where no example goes. */
export function checkWords(of: { file: string; source: string; shape: z.ZodRawShape; html: boolean }): Fault[] {
  const { file, source, shape, html } = of;
  const faults: Fault[] = [];
  const fault: Look['fault'] = ({ loc: { start } }, message) =>
    faults.push({ file, line: start.line, column: start.column + 1, message });
  lookAtAll(Handlebars.parse(source), { shape, html, lists: 0, fault });
  return faults;
}

function lookAtAll(program: hbs.AST.Program | undefined, look: Look): void {
  for (const statement of program?.body ?? []) lookAt(statement, look);
}

function lookAt(statement: hbs.AST.Statement, look: Look): void {
  switch (statement.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      return lookAtPrinted(statement as hbs.AST.MustacheStatement, look);
    case 'BlockStatement':
      return lookAtBlock(statement as hbs.AST.BlockStatement, look);
    default:
      look.fault(statement, 'a template cannot include another one');
  }
}

function lookAtPrinted(statement: hbs.AST.MustacheStatement, look: Look): void {
  const path = statement.path as hbs.AST.PathExpression;
  if (look.html && !statement.escaped) look.fault(statement, `three braces would print HTML as it is: write two`);
  if (statement.params.length > 0 || path.type !== 'PathExpression') {
    return look.fault(path, 'only a value can be printed: {{NAME}}');
  }
  if (checkPath(path, look) === 'list') {
    look.fault(path, `${path.original} is a list: write {{#each ${path.original}}}{{this}}{{/each}}`);
  }
}

function lookAtBlock(block: hbs.AST.BlockStatement, look: Look): void {
  const name = block.path.original;
  if (!blocks.includes(name)) {
    return look.fault(block, `there is no {{#${name}}}: ${suggestion(name, blocks)}`);
  }
  const [about, ...more] = block.params;
  if (!about || more.length > 0) return look.fault(block, `{{#${name}}} is about one value: {{#${name} NAME}}`);
  if (block.program?.blockParams?.length > 0)
    look.fault(block, 'a value cannot be given another name here: write this');
  const kind = lookAtExpression(about, look);
  if (name === 'each' && kind !== 'list' && kind !== null) look.fault(about, 'only a list has an each');
  lookAtAll(block.program, { ...look, lists: look.lists + (name === 'each' ? 1 : 0) });
  lookAtAll(block.inverse, look);
}

/** What kind of value it is, or null where that was a fault. */
function lookAtExpression(node: hbs.AST.Expression, look: Look): string | null {
  if (node.type === 'PathExpression') return checkPath(node as hbs.AST.PathExpression, look);
  if (node.type === 'SubExpression') return lookAtQuestion(node as hbs.AST.SubExpression, look);
  look.fault(node, 'expected the name of a value');
  return null;
}

/** `(is phase "recovering")`: the only thing that can be asked of a value besides whether it is there. */
function lookAtQuestion({ path, params }: hbs.AST.SubExpression, look: Look): string | null {
  const [value, word] = params;
  if (path.original !== 'is' || value?.type !== 'PathExpression' || word?.type !== 'StringLiteral') {
    look.fault(path, 'expected a question such as (is phase "recovering")');
    return null;
  }
  const asked = value as hbs.AST.PathExpression;
  if (checkPath(asked, look) === null) return null;
  const schema = look.shape[asked.parts.at(-1) ?? ''];
  const words = schema && fieldOf(schema).words;
  const { value: typed } = word as hbs.AST.StringLiteral;
  if (words && !words.includes(typed))
    look.fault(word, `${asked.original} is never ${typed}: ${suggestion(typed, words)}`);
  return 'flag';
}
