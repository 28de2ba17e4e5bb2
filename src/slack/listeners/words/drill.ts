import type { Command } from '../../../domain/command.ts';
import { Refusal } from '../../../domain/errors.ts';
import { advice } from '../../../domain/nearest.ts';
import type { Edge } from '../../edge.ts';
import type { Typed } from '../parse.ts';
import type { Turn } from '../turn.ts';
import { openCommand } from './command.ts';

/** `/dr drill NAME [input=value …]`: in a record and a channel of its own, wherever it is said. */
export async function openDrill(edge: Edge, turn: Turn, typed: Typed): Promise<void> {
  const [name, ...args] = typed.args;
  const command = drillOf(edge.recovery.commands(), name?.toLowerCase());
  return openCommand(edge, turn, { ...typed, word: command.name, args }, true);
}

function drillOf(commands: readonly Command[], name: string | undefined): Command {
  const drills = commands.filter(({ purpose }) => purpose === 'drill').map((command) => command.name);
  if (drills.length === 0)
    throw new Refusal('No command is a drill: one of test resources says `purpose: drill`. Nothing has been done.');
  if (name === undefined)
    throw new Refusal(`Name the drill: /dr drill NAME. Drills: ${drills.join(', ')}. Nothing has been done.`);
  const command = commands.find((known) => known.name === name);
  if (command === undefined) throw new Refusal(`There is no command ${name}: ${advice(name, drills)}`);
  if (command.purpose === 'drill') return command;
  if (command.purpose === 'routine')
    throw new Refusal(`${name} is a routine, and no drill: say /dr ${name}. Nothing has been done.`);
  throw new Refusal(
    `${name} acts on the real thing, so it is no drill: rehearse it with /dr rehearse ${name}, or mark a command of test ` +
      'resources with `purpose: drill`. Nothing has been done.',
  );
}
