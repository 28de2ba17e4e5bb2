import { RecordSet } from '../estate.ts';
import { refuse } from '../refuse.ts';
import type { State, Zone } from '../state.ts';
import { isWithin, plainName } from './names.ts';

type Policy = 'simple' | 'failover' | 'weighted' | 'latency' | 'multivalue';

/** A record set as asked for, or InvalidInput, as Route 53 has it. */
export function readRecordSet(given: unknown): RecordSet {
  const parsed = RecordSet.safeParse(dropUndefined(given));
  if (parsed.success) return parsed.data;
  return refuse(
    'InvalidInput',
    `Invalid XML: ${parsed.error.issues[0]?.path.join('.')} ${parsed.error.issues[0]?.message}`,
  );
}

function dropUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? {}));
}

export function sameSet(a: RecordSet, b: RecordSet): boolean {
  return sameName(a, b) && a.SetIdentifier === b.SetIdentifier;
}

function sameName(a: RecordSet, b: RecordSet): boolean {
  return plainName(a.Name) === plainName(b.Name) && a.Type === b.Type;
}

function policiesOf(set: RecordSet): Policy[] {
  const found: Policy[] = [];
  if (set.Failover !== undefined) found.push('failover');
  if (set.Weight !== undefined) found.push('weighted');
  if (set.Region !== undefined) found.push('latency');
  if (set.MultiValueAnswer !== undefined) found.push('multivalue');
  return found.length > 0 ? found : ['simple'];
}

/** Every reason why a set cannot stand beside the others of its zone. */
export function findFaults(state: State, zone: Zone, set: RecordSet, others: readonly RecordSet[]): string[] {
  const label = `RRSet with DNS name ${plainName(set.Name)}., type ${set.Type}`;
  return [
    ...findPolicyFaults(label, set, others),
    ...findValueFaults(state, label, set),
    ...(isWithin(zone, set.Name) ? [] : [`${label} is not permitted in zone ${zone.name}.`]),
  ];
}

function findPolicyFaults(label: string, set: RecordSet, others: readonly RecordSet[]): string[] {
  const policies = policiesOf(set);
  const policy = policies[0];
  const beside = others.filter((other) => sameName(set, other) && !sameSet(set, other));
  const faults: string[] = [];
  if (policies.length > 1) faults.push(`${label} mixes routing policies: ${policies.join(' and ')}.`);
  if (policy !== 'simple' && !set.SetIdentifier) faults.push(`${label} needs a SetIdentifier for ${policy} routing.`);
  if (policy === 'simple' && set.SetIdentifier) faults.push(`${label} has a SetIdentifier but no routing policy.`);
  if (beside.some((other) => policiesOf(other)[0] !== policy)) {
    faults.push(
      `${label} cannot be created as other RRSets exist with the same name and type and another routing policy.`,
    );
  }
  if (set.Failover && beside.some((other) => other.Failover === set.Failover)) {
    faults.push(`${label} cannot be created: a ${set.Failover} set of that name and type exists already.`);
  }
  return faults;
}

function findValueFaults(state: State, label: string, set: RecordSet): string[] {
  const faults: string[] = [];
  if (set.HealthCheckId && !state.healthChecks.some((check) => check.id === set.HealthCheckId)) {
    faults.push(`${label} names the health check ${set.HealthCheckId}, which does not exist.`);
  }
  if (!set.AliasTarget) {
    const complete = set.TTL !== undefined && (set.ResourceRecords?.length ?? 0) > 0;
    return complete ? faults : [...faults, `${label} needs TTL and ResourceRecords, or an AliasTarget.`];
  }
  if (set.TTL !== undefined || set.ResourceRecords)
    faults.push(`${label} is an alias and takes neither TTL nor ResourceRecords.`);
  return [...faults, ...findAliasFaults(state, set.AliasTarget, set.Type)];
}

function findAliasFaults(state: State, alias: NonNullable<RecordSet['AliasTarget']>, type: string): string[] {
  const target = plainName(alias.DNSName).replace(/^dualstack\./, '');
  const balancer = state.estate.balancers.find((one) => plainName(one.dnsName) === target);
  const zone = state.zones.find((one) => one.id === alias.HostedZoneId);
  const right = balancer ? balancer.zoneId === alias.HostedZoneId : zone && isWithin(zone, target);
  if (right) return [];
  return [
    `Tried to create an alias that targets ${target}., type ${type} in zone ${alias.HostedZoneId}, ` +
      'but the alias target name does not lie within the target zone',
  ];
}
