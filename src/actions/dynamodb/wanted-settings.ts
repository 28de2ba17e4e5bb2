import type { Json, JsonObject } from '../../domain/json.ts';
import { alarmsFor, missingAlarms } from './alarms.ts';
import { withoutDeny } from './deny-statement.ts';
import { isSamePolicy, type Policy, parsePolicy, writePolicy } from './policy.ts';
import { isOwnTag, type SeenSettings, type SettingName, type Settings } from './settings.ts';
import type { TableRef } from './table.ts';

/**
 * What a table takes over from its source: what is on there. What is off there may be on here, and stays so. A policy
 * names its own table, and what a run put into it to keep writers out is not for the table that they are to write to.
 */
export function settingsFrom(source: SeenSettings, from: TableRef, now: SeenSettings, to: TableRef): Settings {
  const policy = withoutDeny(source.policy);
  const alarms = alarmsFor(source.alarms, from, to);
  const tags = Object.fromEntries(Object.entries(source.tags).filter(([key]) => isOwnTag(key)));
  return {
    ...(source.ttl === null ? {} : { ttl: source.ttl }),
    ...(source.stream === null ? {} : { stream: source.stream }),
    ...(source.point_in_time_recovery ? { point_in_time_recovery: true } : {}),
    ...(source.deletion_protection ? { deletion_protection: true } : {}),
    ...(Object.keys(tags).length === 0 ? {} : { tags }),
    ...(policy === null ? {} : { policy: writePolicy(renamed(policy, source.table.TableArn, now.table.TableArn)) }),
    ...(Object.keys(alarms).length === 0 ? {} : { alarms }),
  };
}

function renamed(policy: Policy, from: string, to: string): Policy {
  const swap = (arn: string): string =>
    arn === from || arn.startsWith(`${from}/`) ? to + arn.slice(from.length) : arn;
  const statements = policy.statements.map((statement) => {
    const { Resource: resource } = statement;
    if (typeof resource === 'string') return { ...statement, Resource: swap(resource) };
    if (!Array.isArray(resource)) return statement;
    return { ...statement, Resource: resource.map((one) => (typeof one === 'string' ? swap(one) : one)) };
  });
  return { ...policy, statements };
}

/** The settings that are not as they should be. */
export function differing(wanted: Settings, now: SeenSettings): SettingName[] {
  const names: SettingName[] = [
    'alarms',
    'tags',
    'point_in_time_recovery',
    'policy',
    'ttl',
    'stream',
    'deletion_protection',
  ];
  return names.filter((name) => wanted[name] !== undefined && !isAsWanted(name, wanted, now));
}

function isAsWanted(name: SettingName, wanted: Settings, now: SeenSettings): boolean {
  if (name === 'tags') {
    return Object.entries(wanted.tags ?? {}).every(([key, value]) => (now.tags[key] ?? null) === value);
  }
  if (name === 'alarms') return missingAlarms(wanted.alarms ?? {}, now.alarms).length === 0;
  if (name === 'policy') return isSamePolicy(policyOf(wanted), now.policy);
  return wanted[name] === now[name];
}

export function policyOf({ policy }: Settings): Policy | null {
  return policy ? (parsePolicy(policy) ?? null) : null;
}

/** How the wanted settings stand now: what to put back. Alarms are not deleted: one too many harms nobody. */
export function standing(wanted: Settings, now: SeenSettings): Settings {
  const names = Object.keys(wanted.tags ?? {});
  return {
    ...(wanted.ttl === undefined ? {} : { ttl: now.ttl }),
    ...(wanted.stream === undefined ? {} : { stream: now.stream }),
    ...(wanted.point_in_time_recovery === undefined ? {} : { point_in_time_recovery: now.point_in_time_recovery }),
    ...(wanted.deletion_protection === undefined ? {} : { deletion_protection: now.deletion_protection }),
    ...(wanted.tags === undefined
      ? {}
      : { tags: Object.fromEntries(names.map((key) => [key, now.tags[key] ?? null])) }),
    ...(wanted.policy === undefined ? {} : { policy: now.policy && writePolicy(now.policy) }),
  };
}

/** As people read them. */
export function shown({ tags, policy, alarms, ...plain }: Settings): JsonObject {
  const rows = Object.entries(plain).map(([name, value]): [string, string | boolean] => [name, value ?? 'none']);
  return {
    ...Object.fromEntries(rows),
    ...(tags === undefined ? {} : { tags }),
    ...(policy === undefined ? {} : { policy: sayPolicy(policy) }),
    ...(alarms === undefined ? {} : { alarms: Object.keys(alarms).sort() }),
  };
}

function sayPolicy(text: string | null): string {
  const statements = text === null ? [] : (parsePolicy(text)?.statements ?? []);
  if (statements.length === 0) return 'none';
  return statements.map((statement) => `${sayActions(statement.Effect)} ${sayActions(statement.Action)}`).join('; ');
}

function sayActions(actions: Json | undefined): string {
  return [actions]
    .flat()
    .filter((one) => typeof one === 'string')
    .join(', ');
}
