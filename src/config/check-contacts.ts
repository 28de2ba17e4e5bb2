import type { YamlPlaces } from '../commands/yaml/parse-yaml.ts';
import type { Command } from '../domain/command.ts';
import { isMeant } from '../domain/contacts.ts';
import type { Fault } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import { suggestion } from '../domain/nearest.ts';
import { knownScenarios } from '../domain/scenario.ts';

/** What a contact is for is there: a service, or a scenario that some command is for. */
export function unknownOccasions(home: Home, commands: readonly Command[], places: YamlPlaces): Fault[] {
  const known = [...Object.keys(home.system.services), ...knownScenarios(commands)];
  return Object.entries(home.contacts).flatMap(([name, contact]) =>
    contact.for.flatMap((occasion, index) => {
      if (known.some((one) => isMeant(one, occasion))) return [];
      const message = `${occasion} is no service and no scenario of a command: ${suggestion(occasion, known)}`;
      return [places.fault(['contacts', name, 'for', index], message)];
    }),
  );
}
