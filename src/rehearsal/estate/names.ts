import type { Estate } from '../../sim/index.ts';
import type { Balancer } from './balancers.ts';
import { readAlias, readTexts } from './read-input.ts';
import { mirrorOf, textIn, type Use, usesOfActions, type Ways } from './uses.ts';

type Zone = Estate['zones'][number];
type RecordSet = Zone['records'][number];

export interface Names {
  zones: Zone[];
  healthChecks: Estate['healthChecks'];
  buckets: Estate['buckets'];
  /** Objects that are there from the beginning. */
  objects: { region: string; bucket: string; key: string }[];
  assumed: string[];
}

/** The names that people use: led to the active Region at the beginning, and moved as the steps move them. */
export function namesOf(ways: Ways, balancers: readonly Balancer[]): Names {
  const names: Names = { zones: [], healthChecks: [], buckets: [], objects: [], assumed: [] };
  for (const use of usesOfActions(ways.there, 'route53.switch-standby')) addSwitch(names, use, ways, balancers);
  for (const use of usesOfActions(ways.there, 'route53.upsert-record')) addRecord(names, use, ways, balancers);
  for (const use of usesOfActions(ways.there, 'http.check')) addHost(names, use, ways, balancers);
  return names;
}

/** A failover record on either side, and the health check that watches the object. */
function addSwitch(names: Names, use: Use, { regions }: Ways, balancers: readonly Balancer[]): void {
  const [name, region, bucket, key] = ['name', 'region', 'bucket', 'key'].map((field) => textIn(use, field));
  if (!name || !region || !bucket || !key) return;
  const inverted = use.input.present === true;
  const id = `rehearsal-switch-${names.healthChecks.length + 1}`;
  names.healthChecks.push({ id, region, bucket, key, inverted });
  if (!names.buckets.some((one) => one.name === bucket)) names.buckets.push({ region, name: bucket });
  if (!inverted) names.objects.push({ region, bucket, key });
  const set = { Name: name, Type: 'A' };
  put(names, name, {
    ...set,
    SetIdentifier: 'primary',
    Failover: 'PRIMARY',
    HealthCheckId: id,
    ...aliasOf(balancers, regions.active),
  });
  put(names, name, {
    ...set,
    SetIdentifier: 'secondary',
    Failover: 'SECONDARY',
    ...aliasOf(balancers, regions.standby),
  });
  names.assumed.push(
    `${name} leads to ${regions.active} while its health check ${inverted ? 'does not see' : 'sees'} s3://${bucket}/${key}, and to ${regions.standby} otherwise.`,
  );
}

/** At the beginning it is as the way back would write it. */
function addRecord(names: Names, use: Use, ways: Ways, balancers: readonly Balancer[]): void {
  const [name, type, zone] = ['name', 'type', 'zone_id'].map((field) => textIn(use, field));
  if (!name || !type || !zone) return;
  const set = textIn(use, 'set_identifier');
  const routed = set === null ? {} : { SetIdentifier: set, Weight: 100 };
  const before = answerOf(mirrorOf(ways, use)) ?? aliasOf(balancers, ways.regions.active);
  put(names, name, { Name: name, Type: type, ...routed, ...before }, zone);
  names.assumed.push(`${name} leads to ${ways.regions.active} at the beginning.`);
}

/** A host that no step moves follows the name that is moved, else the active Region. */
function addHost(names: Names, use: Use, { regions, back }: Ways, balancers: readonly Balancer[]): void {
  const host = hostOf(use);
  if (host === null || isKnown(names, host) || balancers.some(({ dnsName }) => dnsName === host)) return;
  const own = hostOf(back.find(({ step }) => step === use.step)) !== host;
  const [moved] = own ? [] : names.zones.flatMap(({ records }) => records);
  const region = own ? regions.standby : regions.active;
  const to = moved?.Name ?? balancers.find((one) => one.region === region)?.dnsName ?? '';
  put(names, host, { Name: host, Type: 'CNAME', TTL: 60, ResourceRecords: [{ Value: to }] });
  names.assumed.push(`${host} leads to ${to}.`);
}

function answerOf(use: Use | undefined): Partial<RecordSet> | null {
  const values = readTexts(use?.input.values);
  const ttl = use?.input.ttl;
  if (values)
    return { TTL: typeof ttl === 'number' ? ttl : 60, ResourceRecords: values.map((value) => ({ Value: value })) };
  const alias = readAlias(use?.input.alias);
  if (!alias) return null;
  return {
    AliasTarget: {
      DNSName: alias.dns_name,
      HostedZoneId: alias.zone_id,
      EvaluateTargetHealth: alias.evaluate_target_health,
    },
  };
}

function aliasOf(balancers: readonly Balancer[], region: string): Partial<RecordSet> {
  const balancer = balancers.find((one) => one.region === region);
  if (!balancer) return {};
  return {
    AliasTarget: { DNSName: balancer.dnsName, HostedZoneId: balancer.zoneId, EvaluateTargetHealth: false },
  };
}

/** Into the zone that was named, else the one that the name is in, else one of its own. */
function put(names: Names, name: string, set: RecordSet, id?: string): void {
  const parent = name.split('.').slice(1).join('.');
  const zone = names.zones.find((one) => (id === undefined ? name.endsWith(`.${one.name}`) : one.id === id)) ?? null;
  if (zone) zone.records.push(set);
  else names.zones.push({ id: id ?? `ZREHEARSAL${names.zones.length + 1}`, name: parent, records: [set] });
}

function isKnown({ zones }: Names, host: string): boolean {
  return zones.some(({ records }) => records.some(({ Name }) => Name === host));
}

function hostOf(use: Use | undefined): string | null {
  const url = use ? textIn(use, 'url') : null;
  return url !== null && URL.canParse(url) ? new URL(url).hostname : null;
}
