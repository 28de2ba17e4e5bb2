import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, it } from '@jest/globals';

/** Programs outside that a suite may need, and the names under which they are found on PATH. */
const programs = {
  moto_server: ['moto_server'],
  postgres: ['postgres'],
  chromium: ['chromium', 'chromium-browser', 'google-chrome'],
} as const;
export type Program = keyof typeof programs;

/** Where a program is, or undefined. Debian keeps PostgreSQL's server outside PATH. */
export function findProgram(program: Program): string | undefined {
  const debian = program === 'postgres' ? [17, 16, 15, 14].map((major) => `/usr/lib/postgresql/${major}/bin`) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...debian];
  return folders.flatMap((folder) => programs[program].map((name) => join(folder, name))).find(isExecutable);
}

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

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
