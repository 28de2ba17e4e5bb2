import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { shippedDir } from '../src/compose/shipped.ts';
import { Command } from '../src/domain/command.ts';
import { everyLine } from '../src/slack/presenters/help-lines.ts';

/** Something to say after `/dr`, as the line to type in offers it. */
export interface SayableWord {
  usage: string;
  does: string;
}

/** Muster's words, and the home's commands with those that are shipped: a home's own takes the place of its namesake. */
export async function readWords(homeDir: string): Promise<SayableWord[]> {
  const found = [...(await readCommands(shippedDir)), ...(await readCommands(homeDir))];
  const commands = [...new Map(found.map((command) => [command.name, command])).values()];
  return everyLine(commands).map(({ usage, does }) => ({ usage, does }));
}

/** What is no command is left to Muster to complain of. */
async function readCommands(dir: string): Promise<Command[]> {
  const folder = join(dir, 'commands');
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.yml')).sort();
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => Command.safeParse(parsed(text)).data ?? []);
}

function parsed(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return null;
  }
}
