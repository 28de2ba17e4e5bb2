import { describe, it } from '@jest/globals';
import { findProgram, type Program } from './programs.ts';

export { findProgram, type Program } from './programs.ts';

/** A suite that runs where `program` is found; elsewhere one skipped test says so, and under MUSTER_REQUIRE_ALL one fails. */
export function describeWith(program: Program, name: string, suite: (path: string) => void): void {
  const path = findProgram(program);
  if (path !== undefined) describe(name, () => suite(path));
  else if (process.env.MUSTER_REQUIRE_ALL === '1') describe(name, () => failFor(program));
  else describe(name, () => it.skip(`needs ${program}, which is not on PATH`, () => undefined));
}

function failFor(program: Program): void {
  it(`needs ${program}`, () => {
    throw new Error(`${program} is not on PATH, and MUSTER_REQUIRE_ALL=1 lets no suite be skipped: install it.`);
  });
}
