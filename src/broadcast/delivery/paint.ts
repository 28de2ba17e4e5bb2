import type { Delivery } from '../../domain/ports/courier.ts';
import { type DueMessage, markPainted, postponeLive, takeDue, touchClocks } from '../../store/live-messages.ts';
import type { BroadcastDeps } from '../deps.ts';
import { later } from '../later.ts';
import type { Again, Job } from './pump.ts';

/** Real milliseconds: a message is changed at most once in `paceMs`; its clock moves every `beatMs`. */
const paceMs = 1000;
const beatMs = 15_000;
/** A painter that dies leaves its message to others after this. */
const leaseMs = 10_000;

/** Takes live messages that are behind, one after another; those that show time are put behind by time itself. */
export function livePainting(deps: BroadcastDeps): () => Promise<Job | null> {
  let nextBeat = deps.real.now();
  let openAt = nextBeat;
  return async () => {
    const now = deps.real.now();
    if (now < openAt) return null;
    const message = await deps.store.tx(async (tx) => {
      if (now >= nextBeat) await touchClocks(tx, now, later(now, -beatMs));
      return takeDue(tx, now, later(now, leaseMs));
    });
    if (now >= nextBeat) nextBeat = later(now, beatMs / 5);
    if (!message) return null;
    return async () => {
      const again = await paintMessage(deps, message);
      // A far end that limits one message limits them all: reading the others would be for nothing.
      if (again !== null) openAt = later(deps.real.now(), again);
      return again;
    };
  };
}

/** How long all are to wait, when the far end says so. */
async function paintMessage(deps: BroadcastDeps, message: DueMessage): Promise<Again> {
  const { key, channel, ts, notice, shown } = message;
  const painted = await deps.painter.paint({ key, channel, ts, notice, shown }).catch((error: unknown) => {
    deps.onError(error);
    return { state: 'later', why: 'it failed in a way that was not expected', afterMs: 5000 } as Delivery & {
      shown?: string;
    };
  });
  deps.crash('live.painted', key);
  await deps.store.tx(async (tx) => {
    if (painted.state === 'later') {
      await postponeLive(tx, key, later(deps.real.now(), Math.max(paceMs, painted.afterMs)));
      return;
    }
    // A message that the far end will not change any more is left as it is until there is something new to show.
    if (painted.state === 'refused') deps.log.warn({ key, why: painted.why }, 'a live message could not be changed');
    const nowShown = 'shown' in painted ? painted.shown : undefined;
    await markPainted(tx, message, { shown: nowShown ?? null, nextAt: later(deps.real.now(), paceMs) });
  });
  return painted.state === 'later' && painted.untouched ? painted.afterMs : null;
}
