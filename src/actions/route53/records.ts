import {
  type ChangeAction,
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsResponse,
  type ResourceRecordSet,
} from '@aws-sdk/client-route-53';
import type { z } from 'zod';
import type { KitContext } from '../kit/context.ts';
import { effect } from '../kit/effect.ts';
import { type Reading, reading, stated } from '../kit/reading.ts';
import type { RecordCaptured, RecordInput } from './record-input.ts';

export function nameRecord({ name, type, zone_id: zone }: RecordInput): string {
  return `${type} record ${name} in zone ${zone}`;
}

/** Every record of that name and type: more than one when a routing policy chooses between them. */
export function readRecords(input: RecordInput, ctx: KitContext): Promise<Reading<ResourceRecordSet[]>> {
  return reading(nameRecord(input), async () => {
    const same: ResourceRecordSet[] = [];
    let from: { identifier?: string | undefined } | undefined = {};
    while (from) {
      const page: ListResourceRecordSetsResponse = await ctx.aws.route53().send(
        new ListResourceRecordSetsCommand({
          HostedZoneId: input.zone_id,
          StartRecordName: input.name,
          StartRecordType: input.type,
          ...(from.identifier === undefined ? {} : { StartRecordIdentifier: from.identifier }),
        }),
      );
      const records = stated(page.ResourceRecordSets, 'the records');
      for (const { Name, Type } of records) stated(Name && Type, "a record's name and type");
      same.push(...records.filter((record) => isSame(record, input)));
      const more =
        stated(page.IsTruncated, 'whether more follows') &&
        isSame({ Name: page.NextRecordName, Type: page.NextRecordType }, input);
      from = more ? { identifier: page.NextRecordIdentifier } : undefined;
    }
    return same;
  });
}

export function ownRecord(records: readonly ResourceRecordSet[], input: RecordInput): ResourceRecordSet | undefined {
  return records.find((record) => record.SetIdentifier === input.set_identifier);
}

/** The record as it is to be: its routing policy and health check stay, its answer changes. */
export function wantedRecord(input: RecordInput, now: ResourceRecordSet | undefined): ResourceRecordSet {
  const { AliasTarget: _alias, ResourceRecords: _values, TTL: _ttl, ...policy } = now ?? {};
  const { alias, values, ttl } = input;
  const answer = alias
    ? {
        AliasTarget: {
          DNSName: alias.dns_name,
          HostedZoneId: alias.zone_id,
          EvaluateTargetHealth: alias.evaluate_target_health,
        },
      }
    : { ResourceRecords: (values ?? []).map((Value) => ({ Value })), TTL: ttl };
  return { ...policy, Name: now?.Name ?? input.name, Type: input.type, ...answer };
}

/** Whether the zone holds what the input asks for. */
export function isAsAsked(input: RecordInput, now: ResourceRecordSet | undefined): boolean {
  if (input.absent) return now === undefined;
  if (now === undefined) return false;
  const { alias, values = [] } = input;
  if (!alias) return now.AliasTarget === undefined && now.TTL === input.ttl && sameValues(now, values);
  const { DNSName: dnsName = '', HostedZoneId: zone, EvaluateTargetHealth: health } = now.AliasTarget ?? {};
  return bare(dnsName) === bare(alias.dns_name) && zone === alias.zone_id && health === alias.evaluate_target_health;
}

export function capturedRecord(now: ResourceRecordSet | undefined): z.output<typeof RecordCaptured>['record'] {
  if (now === undefined) return null;
  const { AliasTarget: alias, ResourceRecords: values, TTL: ttl } = now;
  if (!alias) return { values: (values ?? []).map(({ Value }) => Value ?? ''), ttl: ttl ?? 0 };
  const { DNSName: name = '', HostedZoneId: zone = '', EvaluateTargetHealth: health = false } = alias;
  return { alias: { dns_name: name.replace(/\.$/, ''), zone_id: zone, evaluate_target_health: health } };
}

/** One atomic change; returns its id. A removal must repeat exactly what is there. */
export async function changeRecord(
  input: RecordInput,
  now: ResourceRecordSet | undefined,
  token: string,
  ctx: KitContext,
): Promise<string | null> {
  const action: ChangeAction = input.absent ? 'DELETE' : 'UPSERT';
  if (input.absent && now === undefined) return null;
  const record = input.absent && now ? now : wantedRecord(input, now);
  const { ChangeInfo } = await effect(`Change of the ${nameRecord(input)}`, () =>
    ctx.aws.route53().send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: input.zone_id,
        ChangeBatch: {
          Comment: `${ctx.owner} ${token}`.slice(0, 256),
          Changes: [{ Action: action, ResourceRecordSet: record }],
        },
      }),
    ),
  );
  return stated(ChangeInfo?.Id, 'a change id');
}

/** A DNS name as Route 53 compares it: lower case, no last dot, no `dualstack.`, a star written as a star. */
export function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/^dualstack\./, '')
    .replace(/^\\052/, '*');
}

function isSame(
  record: Pick<ResourceRecordSet, 'Name' | 'Type'> | { Name?: string | undefined; Type?: string | undefined },
  input: RecordInput,
): boolean {
  return bare(record.Name ?? '') === bare(input.name) && record.Type === input.type;
}

function sameValues(now: ResourceRecordSet, values: readonly string[]): boolean {
  const has = (now.ResourceRecords ?? []).map(({ Value }) => bare(Value ?? '')).sort();
  const want = values.map(bare).sort();
  return has.length === want.length && has.every((value, index) => value === want[index]);
}
