import type { RecoveryNews } from '../../../recovery-news.ts';
import type { Slices } from '../state/slices.ts';
import type { World } from '../world/facts.ts';
import { failoverIn } from './hints.ts';

const named = 4;

/** Why this home has no guided run, and what it has instead; null where it has one. */
export function whyUnguided(
  system: Slices['system'],
  world: World | undefined,
  news: RecoveryNews | null | undefined,
): string | null {
  const failover = failoverIn(system);
  if (!failover) return `This home has no command failover, so there is no guided run. ${insteadOf(system)}`;
  if (!failover.promotes || world === undefined || hasReplica(world) || news?.run?.run.command === failover.name) {
    return null;
  }
  return `The command failover promotes a replica, and this cloud has none, so there is no guided run. ${insteadOf(system)}`;
}

function hasReplica({ regions }: World): boolean {
  return regions.some(({ databases }) => databases.some(({ role }) => role === 'replica'));
}

function insteadOf({ command, commands }: Slices['system']): string {
  const others = (commands ?? []).filter(({ name, purpose }) => purpose === 'recovery' && name !== 'failover');
  const names = others.map(({ name }) => name);
  const some = names.length > named ? [...names.slice(0, named), 'others'] : names;
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(some);
  const ask = some.length === 0 ? '' : `, declare an incident, and ask for ${list}`;
  return `Break something in “Break things”${ask}: ${command} help says what there is.`;
}
