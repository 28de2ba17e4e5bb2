import Handlebars from 'handlebars';
import type { Fault } from '../domain/errors.ts';
import { suggestion } from '../domain/nearest.ts';

const helpers = ['if', 'unless', 'each'];

/** Every word a template uses that it is not given, or that is no helper: also in branches an example does not take. */
export function checkWords(file: string, source: string, given: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const fault = (at: { line: number; column: number }, message: string) =>
    faults.push({ file, line: at.line, column: at.column + 1, message });
  const visitor = new Handlebars.Visitor();
  const visitPath = visitor.PathExpression.bind(visitor);
  visitor.PathExpression = (path) => {
    const [head] = path.parts;
    const known = path.data || helpers.includes(path.original) || head === undefined || given.includes(head);
    if (!known) fault(path.loc.start, `there is no value ${path.original} here: ${suggestion(path.original, given)}`);
    visitPath(path);
  };
  visitor.PartialStatement = (partial) => fault(partial.loc.start, 'a template cannot include another one');
  visitor.accept(Handlebars.parse(source));
  return faults;
}
