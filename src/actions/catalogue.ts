import type { Catalogue } from '../domain/action.ts';
import { descriptors } from './descriptors.ts';

const infos = new Map(descriptors.map(({ info }) => [info.name, info]));

/** What is known of every action without a client. */
export const catalogue: Catalogue = { get: (name) => infos.get(name), list: () => [...infos.values()] };
