import { join } from 'node:path';
import { parseYaml } from '../commands/yaml/parse-yaml.ts';
import { readText } from '../config/read-files.ts';
import { Estate } from '../sim/world/estate.ts';

/**
 * The simulated cloud that a home brings in `cloud.yml`, for the sandbox and for rehearsals; undefined where it has none.
 * Throws `FaultyFiles` with every fault, each with its line and column.
 */
export async function readCloud(homeDir: string): Promise<Estate | undefined> {
  const file = join(homeDir, 'cloud.yml');
  const text = await readText(file);
  return text === undefined ? undefined : parseYaml(text, file, Estate).value;
}
