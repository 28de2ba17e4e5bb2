import { readFile } from 'node:fs/promises';
import { parseCommand } from '../../src/commands/parse-command.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import type { Command } from '../../src/domain/command.ts';
import { FaultyFiles } from '../../src/domain/errors.ts';
import type { Home } from '../../src/domain/home.ts';
import { catalogue } from './catalogue.ts';

export const homeText = await readFile('examples/acme/muster.yml', 'utf8');
export const failoverText = await readFile('commands/failover.yml', 'utf8');
export const home: Home = parseHome(homeText, 'muster.yml');
export const failover: Command = readCommand(failoverText);

export function readCommand(text: string, file = 'commands/failover.yml'): Command {
  return parseCommand(text, file, { home, catalogue });
}

/** The shipped failover with one thing changed; throws when there is nothing to change. */
export function changed(from: string, to: string, text = failoverText): string {
  if (!text.includes(from)) throw new Error(`the sample does not hold ${from}`);
  return text.replace(from, () => to);
}

/** What is found wrong, each as `line:column message`. */
export function faultsOf(work: () => unknown): string[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof FaultyFiles)
      return error.faults.map((fault) => `${fault.line}:${fault.column} ${fault.message}`);
    throw error;
  }
}

/** A command made of steps alone. */
export function stepsOf(yaml: string): Command {
  return readCommand(
    `name: tried\ntitle: Tried\nconfirm: TRIED\nmodes: [graceful, ungraceful]\nsteps:\n${yaml}`,
    'tried.yml',
  );
}
