import type { Region, Tone, World } from './facts.ts';

/** One thing of a Region beside its services and databases, and the one line to know of it. */
export interface Row {
  key: string;
  name: string;
  state: string;
  tone: Tone;
  /** Why it is so, or what it came from. */
  note?: string | undefined;
}

export interface Family {
  title: string;
  rows: Row[];
}

const number = new Intl.NumberFormat('en');

/** What else a Region has, by families; those that it has nothing of are left out. */
export function familiesOf(region: Region): Family[] {
  const families = [
    { title: 'Databases', rows: region.databases.flatMap(databaseRow) },
    { title: 'Tables', rows: region.tables.map((table) => tableRow(table, region)) },
    { title: 'Pointers', rows: region.pointers.flatMap((pointer) => pointerRow(pointer, region)) },
    { title: 'Functions', rows: region.functions.map(functionRow) },
    { title: 'Buckets', rows: region.buckets.map(bucketRow) },
    { title: 'Stacks', rows: region.stacks.map(stackRow) },
    { title: 'Security', rows: [...region.instances.map(instanceRow), ...region.lockedGroups.map(groupRow)] },
  ];
  return families.filter(({ rows }) => rows.length > 0);
}

/** Rows that stay in sight, those that are not at rest first; the others can be unfolded. */
export function foldRows(rows: readonly Row[]): { shown: Row[]; more: Row[] } {
  const first = rows.toSorted((a, b) => Number(a.tone === 'plain') - Number(b.tone === 'plain'));
  return rows.length <= 5 ? { shown: [...rows], more: [] } : { shown: first.slice(0, 4), more: first.slice(4) };
}

/** What is not at rest, without a number that moves: said aloud whenever it changes. */
export function sayUnrest({ regions }: Pick<World, 'regions'>): string[] {
  const said = regions.flatMap((region) =>
    familiesOf(region)
      .filter(({ title }) => title !== 'Buckets')
      .flatMap(({ rows }) => rows.filter(({ tone }) => tone !== 'plain'))
      .map(({ name, state }) => `${name} in ${region.region}: ${state}.`),
  );
  return said.length <= 3 ? said : [...said.slice(0, 2), `And ${said.length - 2} more.`];
}

/** Only one that has become something: the others are in the picture. */
function databaseRow({ id, restoredFrom, was, fenced }: Region['databases'][number]): Row[] {
  const state = [
    restoredFrom === null ? '' : `restored from ${restoredFrom}`,
    was === null ? '' : `was ${was}`,
    fenced ? 'fenced' : '',
  ];
  const words = state.filter(Boolean).join(', ');
  return words === '' ? [] : [{ key: id, name: id, state: words, tone: 'plain' }];
}

/** With the pointers that lead to it, so that the one in use is seen among those that were restored. */
function tableRow(table: Region['tables'][number], { pointers }: Region): Row {
  const { name, status, items, restoredFrom, writesDenied } = table;
  const notes = [
    restoredFrom === null ? '' : `from ${restoredFrom.name} in ${restoredFrom.region}`,
    ...pointers.filter(({ to }) => to === name).map((pointer) => `← ${pointer.name}`),
  ].filter(Boolean);
  const key = { key: name, name, note: notes.length === 0 ? undefined : notes.join(' ') };
  if (status === 'active' && writesDenied) return { ...key, state: 'writes denied', tone: 'warn' };
  if (status === 'active') return { ...key, state: count(items, 'item'), tone: 'plain' };
  return { ...key, state: status, tone: status === 'key out of reach' ? 'bad' : 'warn' };
}

/** Those that lead to a table stand beside it. In a Region that holds no data yet, what one leads to is not missed. */
function pointerRow({ name, to, there }: Region['pointers'][number], { tables, databases }: Region): Row[] {
  if (tables.some((table) => table.name === to)) return [];
  const missed = !there && tables.length + databases.length > 0;
  const tone = missed ? 'warn' : 'plain';
  return [{ key: name, name, state: there ? `→ ${to}` : `→ ${to}, not here`, tone }];
}

function functionRow({ name, status, throttled, sources }: Region['functions'][number]): Row {
  const off = sources.of - sources.on;
  const state = [
    status === 'active' ? '' : status,
    throttled ? 'throttled to 0' : '',
    off === 0 ? '' : sources.of === 1 ? 'event source off' : `${off} of ${sources.of} event sources off`,
  ];
  const words = state.filter(Boolean).join(', ');
  const tone = status === 'failed' ? 'bad' : words === '' ? 'plain' : 'warn';
  return { key: name, name, state: words || 'active', tone };
}

function bucketRow({ name, objects, replicatesTo, pending, failed }: Region['buckets'][number]): Row {
  const replicated = replicatesTo.length > 0;
  const state = [
    count(objects, 'object'),
    replicated ? 'replicates' : '',
    pending > 0 ? `${number.format(pending)} pending` : '',
    failed > 0 ? `${number.format(failed)} failed` : '',
  ];
  const tone = failed > 0 ? 'bad' : pending > 0 ? 'warn' : 'plain';
  return { key: name, name, state: state.filter(Boolean).join(', '), tone };
}

function stackRow({ name, status, reason }: Region['stacks'][number]): Row {
  const broken = /FAILED|^ROLLBACK/.test(status);
  const tone = broken ? 'bad' : /IN_PROGRESS|ROLLBACK/.test(status) ? 'warn' : 'plain';
  const state = status.toLowerCase().replaceAll('_', ' ');
  return { key: name, name, state, tone, note: tone === 'plain' ? undefined : (reason ?? undefined) };
}

function instanceRow({ id, name, isolated }: Region['instances'][number]): Row {
  return { key: id, name, state: isolated ? 'isolated' : 'reachable', tone: isolated ? 'warn' : 'plain' };
}

function groupRow({ id, name, inbound, outbound }: Region['lockedGroups'][number]): Row {
  const left = (way: string, { now, first }: { now: number; first: number }): string =>
    now < first ? `${now} of ${first} ${way} rules left` : '';
  const state = [left('inbound', inbound), left('outbound', outbound)].filter(Boolean).join(', ');
  return { key: id, name, state, tone: 'warn' };
}

function count(many: number, what: string): string {
  return `${number.format(many)} ${what}${many === 1 ? '' : 's'}`;
}
