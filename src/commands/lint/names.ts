import { basename } from 'node:path';
import { reservedWords } from '../../domain/command.ts';
import { suggestion } from '../../domain/nearest.ts';
import { type Draft, eachStep, type Lint, named } from './draft.ts';

/** The command is called as its file is, by no word of Muster's own; steps name services and modes that exist. */
export const lintNames: Lint = (draft) => [
  ...named('command-name', commandName(draft)),
  ...named('unknown-name', [...stepServices(draft), ...stepModes(draft)]),
];

function commandName({ command, places }: Draft) {
  const file = basename(places.file, '.yml');
  if ((reservedWords as readonly string[]).includes(command.name)) {
    return [
      places.fault(
        ['name'],
        `${command.name} is a word of Muster's own: choose another name for the command and its file`,
      ),
    ];
  }
  if (command.name === file) return [];
  return [places.fault(['name'], `name is ${command.name}, but the file is ${file}.yml: make them the same`)];
}

function stepServices(draft: Draft) {
  const known = Object.keys(draft.home.system.services);
  return eachStep(draft, (step, path) => {
    if (step.service === undefined || known.includes(step.service)) return [];
    const message = `${step.service} is no service of muster.yml: ${suggestion(step.service, known)}`;
    return [draft.places.fault([...path, 'service'], message)];
  });
}

function stepModes(draft: Draft) {
  const { modes } = draft.command;
  return eachStep(draft, (step, path) =>
    (step.modes ?? []).flatMap((mode, index) => {
      if (modes.includes(mode)) return [];
      const message = `${mode} is no mode of this command (${modes.join(', ')}): add it to modes, or leave it out here`;
      return [draft.places.fault([...path, 'modes', index], message)];
    }),
  );
}
