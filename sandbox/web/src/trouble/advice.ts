import type { RecoveryNews } from '../../../recovery-news.ts';
import type { Person } from '../state/slices.ts';

/** Which ways are left while those sleep whose approval would count; one sentence for each request that waits. */
export function adviceFor(news: RecoveryNews | null | undefined, people: readonly Person[], command: string): string[] {
  const sleepers = people.filter((one) => one.asleep);
  if (!news || sleepers.length === 0) return [];
  return news.incident.asked
    .filter(({ missing, of }) => missing > 0 && of.some((name) => sleepers.some((one) => one.name === name)))
    .map(({ what, code, missing, of }) => {
      const awake = people.filter((one) => of.includes(one.name) && !one.asleep).map((one) => one.real_name);
      if (awake.length >= missing) return `${listed(awake)} may approve ${what} (${code}) as well.`;
      const commanders = people.filter((one) => one.roles.includes('commanders') && !one.asleep);
      const breaker = listed(commanders.map((one) => one.real_name)) || 'A commander who wakes up';
      return (
        `Nobody awake may approve ${what} (${code}). Muster goes up its ladder: it calls who has not acknowledged, and pages at the end. ` +
        `${breaker} may go on without them, by ${command} break-glass ${code} and a reason: they are told, and it is reviewed.`
      );
    });
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}
