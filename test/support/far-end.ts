import { takeRow } from '../../src/broadcast/delivery/deliver.ts';
import { livePainting } from '../../src/broadcast/delivery/paint.ts';
import type { BroadcastDeps } from '../../src/broadcast/deps.ts';
import type { Notice, Outgoing } from '../../src/domain/notice.ts';
import type { Courier, Delivery, LivePainter } from '../../src/domain/ports/courier.ts';

export interface Arrived {
  key: string;
  outgoing: Outgoing;
  uncertain: boolean;
}

/** What the far end says, or undefined where the next answer, or its usual one, is to be given. */
type Answer = (outgoing: Outgoing) => Delivery | undefined | Promise<Delivery | undefined>;

/** A far end that takes everything, unless a test has it answer otherwise. */
export function createFarEnd(to: Outgoing['to']): {
  courier: Courier;
  arrived: Arrived[];
  answers: Answer[];
} {
  const arrived: Arrived[] = [];
  const answers: Answer[] = [];
  const courier: Courier = {
    to,
    deliver: async (outgoing, key, uncertain) => {
      arrived.push({ key, outgoing, uncertain });
      for (const answer of answers) {
        const given = await answer(outgoing);
        if (given) return given;
      }
      return { state: 'sent', receipt: receiptFor(outgoing, arrived.length) };
    },
  };
  return { courier, arrived, answers };
}

function receiptFor(outgoing: Outgoing, count: number) {
  if (outgoing.to === 'statuspage')
    return { id: `remote-${outgoing.incidentId}`, url: `https://stspg.io/${outgoing.incidentId}` };
  if (outgoing.to === 'email') return { messageId: `<${count}@muster>` };
  if (outgoing.to === 'pager') return { status: 202 };
  if (outgoing.do === 'open-channel') return { channel: `C${outgoing.incidentId}` };
  return { channel: `C-${outgoing.place.in}`, ts: `${count}.0` };
}

export function createPainter(show: (notice: Notice) => string): {
  painter: LivePainter;
  painted: { key: string; shown: string | null }[];
} {
  const painted: { key: string; shown: string | null }[] = [];
  const painter: LivePainter = {
    paint: async ({ key, notice, shown }) => {
      const now = show(notice as unknown as Notice);
      if (now !== shown) painted.push({ key, shown: now });
      return { state: 'sent', receipt: {}, shown: now };
    },
  };
  return { painter, painted };
}

/** Delivers all that is due now, lane by lane. */
export async function deliverDue(deps: BroadcastDeps): Promise<void> {
  for (let more = true; more; ) {
    more = false;
    for (const courier of deps.couriers) {
      const job = await takeRow(deps, courier);
      if (job) {
        await job();
        more = true;
      }
    }
  }
}

/** Paints all live messages that are behind now. */
export async function paintDue(deps: BroadcastDeps, take = livePainting(deps)): Promise<void> {
  for (let job = await take(); job; job = await take()) await job();
}
