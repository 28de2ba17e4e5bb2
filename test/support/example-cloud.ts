import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Estate, type EstateInput } from '../../src/sim/index.ts';

export type Example = 'acme' | 'contractorlens' | 'flight-data';
type Section = Exclude<keyof EstateInput, 'account' | 'regions'>;

/** An example's simulated cloud, or only some of its sections: a family is tried without its neighbours. */
export function exampleCloud(example: Example, sections?: readonly Section[]): Estate {
  const file = new URL(`../../examples/${example}/cloud.yml`, import.meta.url);
  const { account, regions, ...rest } = parse(readFileSync(file, 'utf8')) as EstateInput;
  const wanted = sections
    ? Object.fromEntries(sections.flatMap((section) => (section in rest ? [[section, rest[section]]] : [])))
    : rest;
  return Estate.parse({ account, regions, ...wanted });
}
