import type { Broadcast } from './broadcast.ts';
import { takeRow } from './deliver.ts';
import type { BroadcastDeps } from './deps.ts';
import { livePainting } from './paint.ts';
import { publish, readDraft } from './publish.ts';
import { createPump } from './pump.ts';

/** Lanes that are carried side by side to one destination, and live messages painted side by side. */
const width = 8;

/** Carries what is due, one pump for each destination: one that hangs holds up nobody else's words. */
export function createBroadcast(deps: BroadcastDeps): Broadcast {
  const { real, couriers, onError, loops } = deps;
  const takes = [...couriers.map((courier) => () => takeRow(deps, courier)), livePainting(deps)];
  const pumps = takes.map((take) => createPump({ real, idleMs: loops.idleMs, width, take, onError }));
  const nudge = () => {
    for (const pump of pumps) pump.nudge();
  };
  return {
    start: () => {
      for (const pump of pumps) pump.start();
    },
    stop: async () => {
      await Promise.all(pumps.map((pump) => pump.stop()));
    },
    nudge,
    draft: (incidentId) => readDraft(deps, incidentId),
    publish: async (ask, by) => {
      const answer = await publish(deps, ask, by);
      nudge();
      return answer;
    },
  };
}
