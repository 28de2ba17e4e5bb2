import { catalogue } from '../../../src/actions/catalogue.ts';
import { findWarnings, parseCommand } from '../../../src/commands/parse-command.ts';
import { FaultyFiles } from '../../../src/domain/errors.ts';
import type { Home } from '../../../src/domain/home.ts';
import { home as acme } from '../samples.ts';

/** A home with a script, a template's folder and a Terraform configuration. */
export const home: Home = {
  ...acme,
  scripts: {
    'verify-data': {
      file: 'scripts/verify.sh',
      arguments: {},
      timeout: '5m',
      environment: [],
      repeatable: true,
      harmless: true,
    },
  },
  terraform: { main: { folder: 'infrastructure/main', timeout: '30m', environment: [] } },
};

const there = ['scripts/verify.sh', 'infrastructure/main', 'infrastructure/pipeline.yml'];

/** Everything that `muster check` says of a command, each as `line:column rule`. */
export function found(text: string, file: string, against: Home = home): string[] {
  const how = { home: against, catalogue, isThere: (path: string) => there.includes(path) };
  const faults = [...faultsIn(() => parseCommand(text, file, how)), ...findWarnings(text, file, how)];
  return faults
    .toSorted((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, rule }) => `${line}:${column} ${rule}`);
}

/** As `found`, of a piece of a command that begins with its inputs, its objectives or its steps. */
export function foundIn(piece: string): string[] {
  return found(`name: tried\ntitle: Tried\nconfirm: TRIED\nmodes: [graceful, ungraceful]${piece}\n`, 'tried.yml');
}

function faultsIn(work: () => unknown): FaultyFiles['faults'] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof FaultyFiles) return error.faults;
    throw error;
  }
}
