import type { Estate } from '../../sim/index.ts';
import { mirrorOf, textIn, type Use, usesOfActions, type Ways } from './uses.ts';

type Database = Estate['databases'][number];

export interface Databases {
  databases: Database[];
  connections: Estate['connections'];
  assumed: string[];
}

const replicaActions = ['rds.check-replica', 'rds.promote-read-replica'];
const invented = 'rehearsal-database';
/** What is assumed of each: no step says it. */
const common = { label: 'rehearsal', instanceClass: 'db.r6g.large', storageGb: 200, backupRetentionDays: 7 };

/** Each replica that a step names beside its primary; where none is named, a database for each Region. */
export function databasesOf(ways: Ways): Databases {
  const tables = tablesOf(ways);
  const assumed: string[] = [];
  const replicas = unique(usesOfActions(ways.there, ...replicaActions).flatMap(refOf));
  const found = replicas.flatMap((replica) => {
    const source = sourceOf(ways, replica, assumed);
    return [
      { ...common, ...source, tables },
      { ...common, region: replica.region, id: replica.id, backupRetentionDays: 1, replicaOf: source, tables },
    ];
  });
  if (replicas.length === 0) {
    assumed.push('No step names a database, so each Region has one of its own that takes writes.');
    const { active, standby } = ways.regions;
    found.push(...[active, standby].map((region) => ({ ...common, region, id: invented, tables })));
  }
  const databases = unique(found);
  return { databases, connections: connectionsOf(ways, databases, assumed), assumed };
}

interface Ref {
  region: string;
  id: string;
  step: string;
}

function refOf(use: Use): Ref[] {
  const [region, id] = [textIn(use, 'region'), textIn(use, 'instance')];
  return region === null || id === null ? [] : [{ region, id, step: use.step }];
}

/** On the way back the same step names what is the primary now. */
function sourceOf(ways: Ways, replica: Ref, assumed: string[]): { region: string; id: string } {
  const use = ways.there.find(({ step }) => step === replica.step);
  const [other] = use ? [mirrorOf(ways, use)].flatMap((mirror) => (mirror ? refOf(mirror) : [])) : [];
  if (other && other.region !== replica.region) return { region: other.region, id: other.id };
  const { active, standby } = ways.regions;
  const source = { region: replica.region === active ? standby : active, id: `${replica.id}-primary` };
  assumed.push(`The primary of ${replica.id} is called ${source.id} and is in ${source.region}.`);
  return source;
}

/** A connection that both ways name is of the standby Region; one that only one way names, of the Region it leads to. */
function connectionsOf(ways: Ways, databases: readonly Database[], assumed: string[]): Estate['connections'] {
  const { active, standby } = ways.regions;
  const of = (uses: readonly Use[], region: string): [string, { region: string; id: string }][] =>
    usesOfActions(uses, 'sql.assert').flatMap((use) => {
      const reference = textIn(use, 'connection');
      const database = reference === null ? undefined : databaseFor(uses, use, databases, region);
      if (reference === null || database === undefined) return [];
      return [[reference, { region, id: database.id }]];
    });
  const found = { ...Object.fromEntries(of(ways.back, active)), ...Object.fromEntries(of(ways.there, standby)) };
  for (const [reference, { region, id }] of Object.entries(found))
    assumed.push(`${reference} leads to ${id} in ${region}.`);
  return found;
}

/** The database of the nearest step above that names one in this Region. */
function databaseFor(
  uses: readonly Use[],
  asserted: Use,
  databases: readonly Database[],
  region: string,
): Database | undefined {
  const here = databases.filter((one) => one.region === region);
  const above = uses.slice(0, uses.indexOf(asserted)).flatMap(refOf);
  const named = above.findLast((ref) => here.some(({ id }) => id === ref.id));
  return here.find(({ id }) => id === named?.id) ?? here[0];
}

/** Tables that a query reads have some rows, though how many is not known. */
function tablesOf({ there, back }: Ways): Record<string, number> {
  const queries = usesOfActions([...there, ...back], 'sql.assert').map((use) => textIn(use, 'query') ?? '');
  const names = queries.flatMap((query) =>
    [...query.matchAll(/\b(?:from|join)\s+"?([\w.]+)/gi)].map(([, name = '']) => name),
  );
  return Object.fromEntries(names.map((name) => [name.replace(/^public\./, ''), 1_000]));
}

function unique<T extends { region: string; id: string }>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [`${one.region}/${one.id}`, one])).values()];
}
