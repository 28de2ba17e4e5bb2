import { suggestion } from '../../domain/nearest.ts';
import type { Look } from './check-words.ts';
import { fieldOf, type Kind } from './fields.ts';

const loopWords = ['@index', '@first', '@last'];

/** What kind of value a path leads to; null, with its fault told, where it leads to none. */
export function checkPath(path: hbs.AST.PathExpression, look: Look): Kind | null {
  const no = (message: string): null => {
    look.fault(path, message);
    return null;
  };
  if (path.data) return checkLoopWord(path.original, look, no);
  const [name, ...deeper] = path.parts;
  const lists = look.lists - path.depth;
  if (lists < 0) return no(`${path.original} leads out of the template`);
  if (name === undefined) return lists > 0 ? 'text' : no('this is a line of a list: write it inside {{#each}}');
  const known = Object.keys(look.shape);
  const schema = look.shape[name];
  if (!schema || !known.includes(name) || deeper.length > 0) {
    return no(`there is no value ${path.original} here: ${suggestion(name, known)}`);
  }
  if (lists > 0) return no(`inside {{#each}} write ${'../'.repeat(look.lists)}${name}`);
  return fieldOf(schema).kind;
}

function checkLoopWord(typed: string, look: Look, no: (message: string) => null): Kind | null {
  if (!loopWords.includes(typed)) return no(`there is no ${typed}: ${suggestion(typed, loopWords)}`);
  return look.lists > 0 ? 'flag' : no(`${typed} is of a list: write it inside {{#each}}`);
}
