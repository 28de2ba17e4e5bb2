import type {
  ChangeInfo,
  ChangeResourceRecordSetsCommandInput,
  ChangeResourceRecordSetsCommandOutput,
  GetChangeCommandInput,
  GetChangeCommandOutput,
} from '@aws-sdk/client-route-53';
import type { RecordSet } from '../estate.ts';
import { mint, schedule } from '../model.ts';
import { effect, type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { Change, Due, State, Zone } from '../state.ts';
import { plainName } from './names.ts';
import { findFaults, readRecordSet, sameSet } from './validate.ts';

export const changeOperations: Operations = {
  ChangeResourceRecordSets: effect<ChangeResourceRecordSetsCommandInput, ChangeResourceRecordSetsCommandOutput>(
    (input) => `route53:${plainId(input.HostedZoneId)}/${plainName(firstName(input))}`,
    changeRecords,
  ),
  GetChange: reading<GetChangeCommandInput, GetChangeCommandOutput>((scene, input) => {
    const change = scene.state.changes.find((one) => one.id === plainId(input.Id));
    if (!change) refuse('NoSuchChange', `Could not find resource with ID: ${input.Id}`, 404);
    return { ChangeInfo: describeChange(change) };
  }),
};

function firstName(input: ChangeResourceRecordSetsCommandInput): string {
  return input.ChangeBatch?.Changes?.[0]?.ResourceRecordSet?.Name ?? '';
}

/** `Z0ACME` from `/hostedzone/Z0ACME`. */
export function plainId(id: string | undefined): string {
  return id?.split('/').at(-1) ?? '';
}

export function needZone(state: State, id: string | undefined): Zone {
  const zone = state.zones.find((one) => one.id === plainId(id));
  return zone ?? refuse('NoSuchHostedZone', `No hosted zone found with ID: ${plainId(id)}`, 404);
}

/** All changes of a batch or none; name servers follow once it is in sync. */
function changeRecords(scene: Scene, input: ChangeResourceRecordSetsCommandInput) {
  const { state } = scene;
  const zone = needZone(state, input.HostedZoneId);
  const asked = input.ChangeBatch?.Changes ?? [];
  if (asked.length === 0) refuse('InvalidInput', 'A change batch needs at least one change.');
  const faults: string[] = [];
  let records = zone.records;
  const changed: RecordSet[] = [];
  for (const one of asked) {
    const set = readRecordSet(one.ResourceRecordSet);
    const next = applyOne(records, one.Action, set);
    if ('fault' in next) faults.push(next.fault);
    else records = next.records;
    if (one.Action !== 'DELETE') changed.push(set);
  }
  for (const set of changed) faults.push(...findFaults(state, zone, set, records));
  if (faults.length > 0) refuse('InvalidChangeBatch', `[${faults.join(', ')}]`);
  zone.records = records;
  return { ChangeInfo: describeChange(addChange(state, zone, input.ChangeBatch?.Comment)) };
}

type Applied = { records: RecordSet[] } | { fault: string };

function applyOne(records: RecordSet[], action: string | undefined, set: RecordSet): Applied {
  const present = records.find((other) => sameSet(set, other));
  const label = `name='${plainName(set.Name)}.', type='${set.Type}'`;
  if (action === 'CREATE' && present) {
    return { fault: `Tried to create resource record set [${label}] but it already exists` };
  }
  if (action === 'DELETE' && !(present && isSame(set, present))) {
    const why = present ? 'the values provided do not match the current values' : 'it was not found';
    return { fault: `Tried to delete resource record set [${label}] but ${why}` };
  }
  const rest = records.filter((other) => other !== present);
  return { records: action === 'DELETE' ? rest : [...rest, set] };
}

function isSame(a: RecordSet, b: RecordSet): boolean {
  const plain = (set: RecordSet): string => {
    const { AliasTarget: to } = set;
    const alias = to ? [to.HostedZoneId, plainName(to.DNSName), to.EvaluateTargetHealth] : null;
    const { TTL, Weight, Failover, Region, HealthCheckId, ResourceRecords } = set;
    return JSON.stringify([TTL, Weight, Failover, Region, HealthCheckId, ResourceRecords, alias]);
  };
  return plain(a) === plain(b);
}

function addChange(state: State, zone: Zone, comment: string | undefined): Change {
  const change: Change = {
    id: `C${mint(state, 13).toUpperCase()}`,
    zone: zone.id,
    status: 'PENDING',
    submittedAt: state.at,
    comment: comment ?? null,
    records: structuredClone(zone.records),
  };
  state.changes.push(change);
  schedule(state, state.estate.timings.changeMs, 'change.insync', change.id);
  return change;
}

function describeChange(change: Change): ChangeInfo {
  return {
    Id: `/change/${change.id}`,
    Status: change.status,
    SubmittedAt: new Date(change.submittedAt),
    ...(change.comment === null ? {} : { Comment: change.comment }),
  };
}

export function runChangeInSync(state: State, due: Due): void {
  const change = state.changes.find((one) => one.id === due.subject);
  const zone = state.zones.find((one) => one.id === change?.zone);
  if (!change || !zone) return;
  change.status = 'INSYNC';
  zone.served = change.records;
}
