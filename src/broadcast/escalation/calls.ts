import type { Incident } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readEscalation } from '../../store/escalations.ts';
import type { WordsDeps } from '../deps.ts';
import { touch } from '../post.ts';

/** What called people in the channel says by itself that nobody is called any more. */
export async function touchCalls(deps: WordsDeps, tx: Tx, { id: incidentId }: Incident): Promise<void> {
  const { rung: climbed } = (await readEscalation(tx, incidentId)) ?? { rung: 0 };
  for (let rung = 0; rung < climbed; rung += 1) {
    await touch(deps, tx, { kind: 'call', incidentId, rung, text: '', mention: [] });
  }
}
