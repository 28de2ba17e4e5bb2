import type { Courier, Delivery } from '../../domain/ports/courier.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readBroadcast } from '../../store/broadcasts.ts';
import { lockIncident } from '../../store/incidents.ts';
import { claimNext, markLater, markRefused, markSent, type OutboxRow, renewClaim } from '../../store/outbox.ts';
import type { BroadcastDeps } from '../deps.ts';
import { later } from '../later.ts';
import { afterRefused, afterSent } from './after-delivery.ts';
import { afterFault } from './faults.ts';
import { tellLate } from './late.ts';
import type { Again, Job } from './pump.ts';

const takeOverMs = 10_000;
const firstBackOffMs = 1000;
const longestBackOffMs = 30_000;

/** Claims the next row for a courier; the job delivers it outside any transaction and writes down what became of it. */
export async function takeRow(deps: BroadcastDeps, courier: Courier): Promise<Job | null> {
  const now = deps.real.now();
  const row = await deps.store.tx((tx) =>
    claimNext(tx, { to: courier.to, now, staleBefore: later(now, -patience(deps)) }),
  );
  return row && (() => deliverRow(deps, courier, row));
}

async function deliverRow(deps: BroadcastDeps, courier: Courier, row: OutboxRow): Promise<Again> {
  deps.crash('outbox.claimed', row.key);
  const delivered = new AbortController();
  const holding = holdClaim(deps, row, delivered.signal);
  const delivery = await attempt(deps, courier, row);
  delivered.abort();
  await holding;
  deps.crash('outbox.sent', row.key);
  await deps.store.tx(async (tx) => {
    await record(deps, tx, row, delivery);
    crashAround(tx, deps.crash, 'outbox.recorded', row.key);
  });
  return delivery.state === 'later' ? waitFor(delivery, row) : null;
}

/** Of a doubtful row an earlier attempt may have arrived: the courier reads back first. */
async function attempt(deps: BroadcastDeps, courier: Courier, row: OutboxRow): Promise<Delivery> {
  try {
    return await courier.deliver(row.document, row.key, row.doubtful);
  } catch (error) {
    deps.onError(error);
    return afterFault(courier, row, error);
  }
}

/** A slow far end is not a dead process: others leave the row alone while this goes on. */
async function holdClaim(deps: BroadcastDeps, row: OutboxRow, signal: AbortSignal): Promise<void> {
  const every = patience(deps) / 3;
  while (!signal.aborted) {
    const slept = await deps.real.sleep(every, signal).then(
      () => true,
      () => false,
    );
    if (!slept) return;
    const held = await deps.store
      .tx((tx) => renewClaim(tx, row, deps.real.now()))
      .catch((error: unknown) => {
        deps.onError(error);
        return true;
      });
    if (!held) return;
  }
}

async function record(deps: BroadcastDeps, tx: Tx, row: OutboxRow, delivery: Delivery): Promise<void> {
  const now = deps.real.now();
  switch (delivery.state) {
    case 'sent':
      await holdIncidentOf(tx, row);
      if (await markSent(tx, row, delivery.receipt, now)) await afterSent(deps, tx, row, delivery.receipt);
      return;
    case 'refused':
      deps.log.warn({ key: row.key, lane: row.lane, why: delivery.why }, 'refused by the far end');
      await holdIncidentOf(tx, row);
      if (await markRefused(tx, row, delivery.why, now)) await afterRefused(deps, tx, row, delivery.why);
      return;
    case 'later': {
      const waitMs = waitFor(delivery, row);
      deps.log.warn({ key: row.key, lane: row.lane, why: delivery.why, waitMs }, 'not delivered yet');
      const { why, untouched = false } = delivery;
      if (await markLater(tx, row, { why, untouched, dueAt: later(now, waitMs) }))
        await tellLate(deps, tx, row, { why: delivery.why, waitMs });
    }
  }
}

/** What a message came to is one person's to count at a time: its last two rows may arrive at once. */
async function holdIncidentOf(tx: Tx, row: OutboxRow): Promise<void> {
  const broadcast = row.broadcastId === null ? null : await readBroadcast(tx, row.broadcastId);
  if (broadcast) await lockIncident(tx, broadcast.incidentId);
}

/** A far end that says how long to wait is asked again then; else each time is longer than the one before. */
function waitFor(delivery: Extract<Delivery, { state: 'later' }>, row: OutboxRow): number {
  return delivery.untouched ? delivery.afterMs : Math.max(delivery.afterMs, backOffMs(row.attempts));
}

function backOffMs(attempts: number): number {
  return Math.min(longestBackOffMs, firstBackOffMs * 2 ** (attempts - 1));
}

function patience(deps: BroadcastDeps): number {
  return deps.loops.takeOverMs ?? takeOverMs;
}
