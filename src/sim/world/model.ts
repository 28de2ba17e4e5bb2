import { createHash } from 'node:crypto';
import type { Fault, FaultKind } from './fault.ts';
import type { Database, Due, DueKind, Service, State } from './state.ts';

export function schedule(state: State, afterMs: number, what: DueKind, subject: string, detail = ''): void {
  const due: Due = { at: state.at + afterMs, order: ++state.serial, what, subject, detail };
  const later = state.pending.findIndex((other) => other.at > due.at);
  state.pending.splice(later < 0 ? state.pending.length : later, 0, due);
}

export function forget(state: State, what: DueKind, subject: string): void {
  state.pending = state.pending.filter((due) => due.what !== what || due.subject !== subject);
}

/** Hexadecimal digits, never the same twice in one world. */
export function mint(state: State, length: number): string {
  state.serial += 1;
  return createHash('sha256').update(`${state.salt}/${state.serial}`).digest('hex').slice(0, length);
}

/** The same number from 0 up to 1 for the same key. */
export function noise(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) / 2 ** 32;
}

type FaultOf<K extends FaultKind> = Extract<Fault, { kind: K }>;

export function faultsOf<K extends FaultKind>(state: State, kind: K): FaultOf<K>[] {
  return state.faults.map((set) => set.fault).filter((fault): fault is FaultOf<K> => fault.kind === kind);
}

type DatabaseFault = Extract<Fault, { instance: string }>;

export function faultOn<K extends DatabaseFault['kind']>(
  state: State,
  kind: K,
  database: Pick<Database, 'region' | 'id'>,
): Extract<DatabaseFault, { kind: K }> | undefined {
  const isThis = (fault: Fault): fault is Extract<DatabaseFault, { kind: K }> =>
    fault.kind === kind && 'instance' in fault && fault.region === database.region && fault.instance === database.id;
  return state.faults.map((set) => set.fault).find(isThis);
}

/** Since when a Region has been dark, or null. */
export function darkSince(state: State, region: string): number | null {
  const set = state.faults.find(({ fault }) => fault.kind === 'region-dark' && fault.region === region);
  return set?.since ?? null;
}

export function isDark(state: State, region: string): boolean {
  return darkSince(state, region) !== null;
}

export function findDatabase(state: State, region: string, id: string): Database | undefined {
  return state.databases.find((database) => database.region === region && database.id === id);
}

export function serviceKey(service: Pick<Service, 'region' | 'cluster' | 'name'>): string {
  return `${service.region}/${service.cluster}/${service.name}`;
}

export function findService(state: State, region: string, cluster: string, name: string): Service | undefined {
  return state.services.find((s) => s.region === region && s.cluster === cluster && s.name === name);
}
