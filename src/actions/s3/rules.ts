import type { ReplicationRule } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { Json } from '../../domain/json.ts';
import type { Replication } from './bucket.ts';

/** A whole replication configuration, as it was read or is to be put back. */
export const Configuration = z.strictObject({
  role: z.string(),
  rules: z.array(z.record(z.string(), Json)),
});
export type Configuration = z.output<typeof Configuration>;

export interface Wanted {
  destination: string;
  role: string;
  prefix: string;
  storage_class?: string | undefined;
  delete_markers: boolean;
  within_15m: boolean;
}

/** The rule for this destination and prefix beside all others, which stay as they are. */
export function withRule(now: Replication | null, wanted: Wanted): Replication {
  const others = (now?.rules ?? []).filter((rule) => !isFor(rule, wanted));
  const own = now?.rules.find((rule) => isFor(rule, wanted));
  const free = 1 + Math.max(0, ...others.map(({ Priority }) => Priority ?? 0));
  return { role: wanted.role, rules: [...others, ruleOf(wanted, own?.ID, own?.Priority ?? free)] };
}

/** Whether what is wanted is asked for already: other fields of the rule are nobody's business here. */
export function hasRule(now: Replication | null, wanted: Wanted): boolean {
  const own = now?.rules.find((rule) => isFor(rule, wanted));
  if (!own || now?.role !== wanted.role || own.Status !== 'Enabled') return false;
  const { Destination, DeleteMarkerReplication } = own;
  const sameClass = wanted.storage_class === undefined || Destination?.StorageClass === wanted.storage_class;
  const sameMarkers = (DeleteMarkerReplication?.Status === 'Enabled') === wanted.delete_markers;
  const inTime = !wanted.within_15m || Destination?.ReplicationTime?.Status === 'Enabled';
  return sameClass && sameMarkers && inTime;
}

/** Rules of the old form cannot stand beside one of the new. */
export function oldRules(now: Replication | null, wanted: Wanted): string[] {
  const others = (now?.rules ?? []).filter((rule) => !isFor(rule, wanted));
  return others.filter(({ Filter }) => Filter === undefined).map(({ ID }) => ID ?? 'one without a name');
}

function isFor(rule: ReplicationRule, { destination, prefix }: Wanted): boolean {
  const from = rule.Filter?.Prefix ?? rule.Prefix ?? '';
  return rule.Destination?.Bucket === arnOf(destination) && from === prefix && !rule.Filter?.And && !rule.Filter?.Tag;
}

function ruleOf(wanted: Wanted, name: string | undefined, priority: number): ReplicationRule {
  const inTime = { Time: { Minutes: 15 }, Status: 'Enabled' as const };
  const measured = { EventThreshold: { Minutes: 15 }, Status: 'Enabled' as const };
  return {
    ID: name ?? `to ${wanted.destination}${wanted.prefix ? ` of ${wanted.prefix}` : ''}`.slice(0, 255),
    Priority: priority,
    Status: 'Enabled',
    Filter: { Prefix: wanted.prefix },
    DeleteMarkerReplication: { Status: wanted.delete_markers ? 'Enabled' : 'Disabled' },
    Destination: {
      Bucket: arnOf(wanted.destination),
      ...(wanted.storage_class === undefined ? {} : { StorageClass: wanted.storage_class as 'STANDARD_IA' }),
      ...(wanted.within_15m ? { ReplicationTime: inTime, Metrics: measured } : {}),
    },
  };
}

function arnOf(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}
