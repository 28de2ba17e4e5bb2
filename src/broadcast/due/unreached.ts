import { isReached, sayAudience } from '../../domain/audience.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { audiencesOf, changeAudience } from '../../store/audiences.ts';
import { releaseUnanswered } from '../../store/promises.ts';
import type { WordsDeps } from '../deps.ts';
import { sayIn } from '../post.ts';
import { named } from '../words/named.ts';

/** Whom muster.yml names no way to any more is owed nothing; the commander is told of each once. */
export async function dropUnreached(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  for (const row of await audiencesOf(tx, incident.id)) {
    const { audience } = row;
    if (row.dueAt === null || isReached(deps.home, audience)) continue;
    await changeAudience(tx, row, { dueAt: null, final: false });
    await releaseUnanswered(tx, { incidentId: incident.id, audience, at: deps.clock.now() });
    const text = deps.say('audience-unreached', { ...named(incident), audience: sayAudience(audience) });
    const key = `unreached:${incident.id}:${audience}`;
    await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
  }
}
