import type { YamlPlaces } from '../commands/yaml/parse-yaml.ts';
import type { Fault } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';

/** What a schema cannot see: one kind of fault in a home, each with its place. */
export type Check = (home: Home, places: YamlPlaces) => Fault[];
