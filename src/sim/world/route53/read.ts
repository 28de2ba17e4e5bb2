import type {
  GetHealthCheckCommandInput,
  GetHealthCheckCommandOutput,
  GetHealthCheckStatusCommandInput,
  GetHealthCheckStatusCommandOutput,
  GetHostedZoneCommandInput,
  GetHostedZoneCommandOutput,
  HealthCheckRegion,
  HealthCheck as HealthCheckShape,
  HostedZone,
  ListHealthChecksCommandInput,
  ListHealthChecksCommandOutput,
  ListHostedZonesByNameCommandInput,
  ListHostedZonesByNameCommandOutput,
  ListHostedZonesCommandInput,
  ListHostedZonesCommandOutput,
  ListResourceRecordSetsCommandInput,
  ListResourceRecordSetsCommandOutput,
  ResourceRecordSet,
  TestDNSAnswerCommandInput,
  TestDNSAnswerCommandOutput,
} from '@aws-sdk/client-route-53';
import type { RecordSet } from '../estate.ts';
import { type Operations, reading, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { HealthCheck, State, Zone } from '../state.ts';
import { needZone } from './change.ts';
import { dottedName, plainName, sortName } from './names.ts';
import { resolveName } from './resolve.ts';

const checkerRegions: readonly HealthCheckRegion[] = [
  'us-east-1',
  'us-west-1',
  'us-west-2',
  'eu-west-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ap-northeast-1',
  'sa-east-1',
];

export const dnsReadings: Operations = {
  ListResourceRecordSets: reading<ListResourceRecordSetsCommandInput, ListResourceRecordSetsCommandOutput>(listRecords),
  ListHostedZones: reading<ListHostedZonesCommandInput, ListHostedZonesCommandOutput>((scene) => ({
    HostedZones: scene.state.zones.map(toHostedZone),
    IsTruncated: false,
    MaxItems: 100,
    Marker: undefined,
  })),
  ListHostedZonesByName: reading<ListHostedZonesByNameCommandInput, ListHostedZonesByNameCommandOutput>(
    (scene, input) => ({
      HostedZones: scene.state.zones
        .filter((zone) => sortName(zone.name) >= sortName(input.DNSName ?? ''))
        .toSorted((a, b) => compareText(sortName(a.name), sortName(b.name)))
        .map(toHostedZone),
      IsTruncated: false,
      MaxItems: 100,
    }),
  ),
  GetHostedZone: reading<GetHostedZoneCommandInput, GetHostedZoneCommandOutput>((scene, input) => ({
    HostedZone: toHostedZone(needZone(scene.state, input.Id)),
    DelegationSet: { NameServers: ['com', 'net', 'org', 'co.uk'].map((end, at) => `ns-${at}.awsdns-00.${end}`) },
  })),
  GetHealthCheck: reading<GetHealthCheckCommandInput, GetHealthCheckCommandOutput>((scene, input) => ({
    HealthCheck: toHealthCheck(needCheck(scene.state, input.HealthCheckId)),
  })),
  ListHealthChecks: reading<ListHealthChecksCommandInput, ListHealthChecksCommandOutput>((scene) => ({
    HealthChecks: scene.state.healthChecks.map(toHealthCheck),
    IsTruncated: false,
    MaxItems: 100,
    Marker: '',
  })),
  GetHealthCheckStatus: reading<GetHealthCheckStatusCommandInput, GetHealthCheckStatusCommandOutput>((scene, input) =>
    describeStatus(scene, needCheck(scene.state, input.HealthCheckId)),
  ),
  TestDNSAnswer: reading<TestDNSAnswerCommandInput, TestDNSAnswerCommandOutput>((scene, input) => ({
    Nameserver: 'ns-0.awsdns-00.com',
    RecordName: input.RecordName,
    RecordType: input.RecordType,
    RecordData: resolveName(scene.state, plainName(input.RecordName ?? '')).addresses,
    ResponseCode: 'NOERROR',
    Protocol: 'UDP',
  })),
};

function needCheck(state: State, id: string | undefined): HealthCheck {
  const check = state.healthChecks.find((one) => one.id === id);
  return check ?? refuse('NoSuchHealthCheck', `A health check with id ${id} does not exist.`, 404);
}

function toHostedZone(zone: Zone): HostedZone {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: dottedName(zone.name),
    CallerReference: `simulated-${zone.id}`,
    Config: { PrivateZone: false },
    ResourceRecordSetCount: zone.records.length,
  };
}

function orderOf(set: {
  Name?: string | undefined;
  Type?: string | undefined;
  SetIdentifier?: string | undefined;
}): string {
  return [sortName(set.Name ?? ''), set.Type ?? '', set.SetIdentifier ?? ''].join(' ');
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function listRecords(scene: Scene, input: ListResourceRecordSetsCommandInput) {
  const zone = needZone(scene.state, input.HostedZoneId);
  const start = input.StartRecordName
    ? orderOf({ Name: input.StartRecordName, Type: input.StartRecordType, SetIdentifier: input.StartRecordIdentifier })
    : '';
  const found = zone.records
    .filter((set) => orderOf(set) >= start)
    .toSorted((a, b) => compareText(orderOf(a), orderOf(b)));
  const size = Number(input.MaxItems ?? 300);
  const next = found[size];
  return {
    ResourceRecordSets: found.slice(0, size).map(toRecordSet),
    IsTruncated: next !== undefined,
    MaxItems: size,
    ...(next
      ? {
          NextRecordName: dottedName(next.Name),
          NextRecordType: next.Type as 'A',
          NextRecordIdentifier: next.SetIdentifier,
        }
      : {}),
  };
}

function toRecordSet(set: RecordSet): ResourceRecordSet {
  const alias = set.AliasTarget && { ...set.AliasTarget, DNSName: dottedName(set.AliasTarget.DNSName) };
  return {
    ...(set as ResourceRecordSet),
    Name: dottedName(set.Name),
    ...(alias ? { AliasTarget: alias } : {}),
  };
}

function toHealthCheck(check: HealthCheck): HealthCheckShape {
  return {
    Id: check.id,
    CallerReference: `simulated-${check.id}`,
    HealthCheckVersion: 1,
    HealthCheckConfig: {
      Type: 'HTTPS',
      FullyQualifiedDomainName: `${check.bucket}.s3.${check.region}.amazonaws.com`,
      Port: 443,
      ResourcePath: `/${check.key}`,
      RequestInterval: 10,
      FailureThreshold: 3,
      Inverted: check.inverted,
      Disabled: false,
    },
  };
}

/** What the checkers saw at the endpoint itself: inversion is not applied to observations. */
function describeStatus(scene: Scene, check: HealthCheck) {
  const status = check.reached ? 'Success: HTTP Status Code 200, OK' : 'Failure: HTTP Status Code 404, Not Found';
  const seenAt = new Date(scene.state.at - 5_000);
  return {
    HealthCheckObservations: checkerRegions.flatMap((region, at) =>
      [0, 1].map((half) => ({
        Region: region,
        IPAddress: `192.0.2.${at * 2 + half + 1}`,
        StatusReport: { Status: status, CheckedTime: seenAt },
      })),
    ),
  };
}
