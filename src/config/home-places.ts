import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseYaml, type YamlPlaces } from '../commands/yaml/parse-yaml.ts';
import { Home } from '../domain/home.ts';

/** Where things stand in the `muster.yml` of a home that has no fault of its own; throws `FaultyFiles` else. */
export async function readHomePlaces(dir: string): Promise<YamlPlaces> {
  const file = join(dir, 'muster.yml');
  return parseYaml(await readFile(file, 'utf8'), file, Home);
}
