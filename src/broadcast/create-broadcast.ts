import type { Broadcast, Updates } from './broadcast.ts';
import { takeRow } from './delivery/deliver.ts';
import { livePainting } from './delivery/paint.ts';
import { createPump } from './delivery/pump.ts';
import type { BroadcastDeps } from './deps.ts';
import { viewDraft } from './due/draft.ts';
import { updateForm } from './due/form.ts';
import { createWatchLoop } from './due/loop.ts';
import { previewUpdate } from './due/preview.ts';
import { sendDraft, sendUpdate } from './due/send.ts';
import { snooze } from './due/snooze.ts';
import { watchDue } from './due/watch.ts';
import { acknowledge } from './escalation/acknowledge.ts';
import { watchEscalations } from './escalation/watch.ts';
import { posted } from './public/posted.ts';
import { publish, readDraft } from './public/publish.ts';
import { markReviewed } from './review/mark.ts';
import { watchReviews } from './review/watch.ts';
import { watchChecklists } from './words/overdue.ts';

/** Lanes that are carried side by side to one destination, and live messages painted side by side. */
const width = 8;
/** Real milliseconds: what another process decided is looked at no later. */
const longestWatchMs = 5_000;

/** Says what is due and carries it, one pump for each destination: one that hangs holds up nobody else's words. */
export function createBroadcast(deps: BroadcastDeps): Broadcast {
  const { clock, real, couriers, onError, loops } = deps;
  const takes = [...couriers.map((courier) => () => takeRow(deps, courier)), livePainting(deps)];
  const pumps = takes.map((take) => createPump({ real, idleMs: loops.idleMs, width, take, onError }));
  const watches = [
    () => watchDue(deps),
    () => watchEscalations(deps),
    () => watchReviews(deps),
    () => watchChecklists(deps),
  ];
  const watch = createWatchLoop({ clock, real, watches, longestMs: longestWatchMs, idleMs: loops.idleMs, onError });
  const parts = [watch, ...pumps];
  const nudge = () => {
    for (const part of parts) part.nudge();
  };
  const nudged = async (answer: Promise<string>): Promise<string> => {
    const sentence = await answer;
    nudge();
    return sentence;
  };
  return {
    start: () => {
      for (const part of parts) part.start();
    },
    stop: async () => {
      await Promise.all(parts.map((part) => part.stop()));
    },
    nudge,
    draft: (incidentId) => readDraft(deps, incidentId),
    publish: (ask, by) => nudged(publish(deps, ask, by)),
    updates: updatesOf(deps, nudged),
    ack: (ask, by) => nudged(acknowledge(deps, ask, by)),
    review: (ask, by) => nudged(markReviewed(deps, ask, by)),
  };
}

function updatesOf(deps: BroadcastDeps, nudged: (answer: Promise<string>) => Promise<string>): Updates {
  return {
    form: (incidentId, by) => updateForm(deps, incidentId, by),
    preview: (ask, by) => previewUpdate(deps, ask, by),
    send: (ask, by) => nudged(sendUpdate(deps, ask, by)),
    sendDraft: (ask, by) => nudged(sendDraft(deps, ask, by)),
    snooze: (ask, by) => nudged(snooze(deps, ask, by)),
    posted: (ask, by) => nudged(posted(deps, ask, by)),
    draft: (incidentId, round) => viewDraft(deps, incidentId, round),
  };
}
