import { Environment } from '@marcbachmann/cel-js';

/** Sizes beyond which an expression is refused: what remains is evaluated in well under a millisecond. */
export const limits = {
  maxAstNodes: 400,
  maxDepth: 32,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 16,
};
export const maxCharacters = 1_000;
/** Each goes through a list or names a value again, so their nesting multiplies the work. */
export const maxMacros = 3;
/** Entries that they may go through in all: a tenth of a second. */
export const maxRounds = 1_000_000;

/** Where every expression is checked or evaluated: whole numbers and fractions may be mixed, as in JSON. */
export function newEnvironment(options: { unlistedVariablesAreDyn: boolean }): Environment {
  const environment = new Environment({ ...options, homogeneousAggregateLiterals: false, limits });
  for (const [operator, work] of Object.entries(arithmetic)) {
    const mixed = (left: number | bigint, right: number | bigint) => work(Number(left), Number(right));
    environment.registerOperator(`int ${operator} double: double`, mixed);
    environment.registerOperator(`double ${operator} int: double`, mixed);
  }
  environment.registerOperator(
    'int == double: bool',
    (left: number | bigint, right: number | bigint) => Number(left) === Number(right),
  );
  return environment;
}

const arithmetic: Record<string, (left: number, right: number) => number> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
};
