import { sayUtc } from '../../domain/say-instant.ts';
import { familyOf, numberOf } from './definition.ts';
import type { PastDeployment } from './history.ts';

export interface WayBack {
  /** Undefined where there is none. */
  to: string | undefined;
  why: string;
}

/**
 * Where a service goes back to: the newest other revision whose deployment succeeded. A service that has gone back
 * already, by ECS's circuit breaker or by a deployment of an older revision, stays where it is: going back twice in a row
 * would leave the revision that works.
 */
export function wayBack(present: string, past: readonly PastDeployment[]): WayBack {
  const [newest] = past;
  if (newest?.taskDefinition && /^ROLLBACK_(IN_PROGRESS|SUCCESSFUL)$/.test(newest.status)) {
    return { to: present, why: `ECS itself rolled back ${newest.taskDefinition} at ${sayUtc(newest.at)}` };
  }
  const others = past.filter(({ taskDefinition }) => taskDefinition !== null && taskDefinition !== present);
  const [before] = others;
  if (newest?.taskDefinition === present && before?.taskDefinition && isOlder(present, before.taskDefinition)) {
    return { to: present, why: `it went back from ${before.taskDefinition} at ${sayUtc(newest.at)}` };
  }
  const target = others.find(({ status }) => status === 'SUCCESSFUL');
  if (!target?.taskDefinition) return { to: undefined, why: 'no earlier deployment that succeeded: name a revision' };
  return { to: target.taskDefinition, why: `${target.taskDefinition}, deployed at ${sayUtc(target.at)}` };
}

function isOlder(one: string, other: string): boolean {
  return familyOf(one) === familyOf(other) && numberOf(one) < numberOf(other);
}
