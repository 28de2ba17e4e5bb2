import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

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

/** Where an executable of this name is on PATH, or undefined: for what is tried besides, where it happens to be. */
export function findOnPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
