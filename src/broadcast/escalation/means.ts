import type { EscalationMeans } from '../../domain/facts.ts';

/** From the channel outwards; rungs beyond the last repeat it. */
const ladder: readonly EscalationMeans[] = ['mention', 'direct', 'mail', 'pager'];

export function wantedMeans(rung: number): EscalationMeans {
  return ladder[rung] ?? 'pager';
}

/** What a rung is called by: its own means, else the next that exists, else the loudest of those before it. */
export function meansOf(rung: number, exists: (means: EscalationMeans) => boolean): EscalationMeans {
  const wanted = ladder.indexOf(wantedMeans(rung));
  const louder = ladder.slice(wanted);
  const quieter = ladder.slice(0, wanted).reverse();
  return [...louder, ...quieter].find(exists) ?? 'mention';
}
