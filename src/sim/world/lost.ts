import type { RecordSet } from './estate.ts';
import type { Fault } from './fault.ts';
import { findDatabase } from './model.ts';
import { dropAutomated } from './rds/run-snapshot.ts';
import { plainName } from './route53/names.ts';
import type { State } from './state.ts';

/** What somebody deletes in the moment in which the fault is set; clearing the fault does not bring it back. */
export function takeAway(state: State, fault: Fault): void {
  if (fault.kind === 'database-lost') takeDatabase(state, fault.region, fault.instance);
  if (fault.kind === 'service-lost') {
    const { region, cluster, service } = fault;
    state.services = state.services.filter(
      (one) => one.region !== region || one.cluster !== cluster || one.name !== service,
    );
  }
  if (fault.kind === 'record-lost') takeRecord(state, fault);
}

function takeDatabase(state: State, region: string, id: string): void {
  const lost = findDatabase(state, region, id);
  if (!lost) return;
  state.databases = state.databases.filter((one) => one !== lost);
  dropAutomated(state, lost);
}

function takeRecord(state: State, of: { zone: string; name: string; type: string }): void {
  const zone = state.zones.find(({ id }) => id === of.zone);
  if (!zone) return;
  const stays = ({ Name, Type }: RecordSet): boolean => plainName(Name) !== plainName(of.name) || Type !== of.type;
  zone.records = zone.records.filter(stays);
  zone.served = zone.served.filter(stays);
}
