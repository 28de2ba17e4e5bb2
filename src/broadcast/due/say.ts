import { promiseOf, ruleOf } from '../../domain/audience.ts';
import { isOpen } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { markTold } from '../../store/audiences.ts';
import { appendAudit } from '../../store/audit.ts';
import { broadcastsByRequest, type GivesWay, givingWay, insertBroadcast } from '../../store/broadcasts.ts';
import { supersedeUntried } from '../../store/outbox.ts';
import { answerPromises, makePromise } from '../../store/promises.ts';
import { settle } from '../delivery/settle.ts';
import type { WordsDeps } from '../deps.ts';
import { later } from '../later.ts';
import { touch } from '../post.ts';
import { cadenceOf } from './cadence.ts';
import { carry } from './carry.ts';
import { tidyDraft } from './draft-round.ts';
import { sayPromise } from './say-promise.ts';
import { renderWords, type SayAsk, type Told } from './words.ts';

/**
 * The only way in which an audience is told: the message, its promise and what carries it, in the caller's transaction,
 * which holds the incident. Returns the broadcast's id; of a repeated request the one that it was then.
 */
export async function sayTo(deps: WordsDeps, tx: Tx, ask: SayAsk): Promise<string> {
  const id = deps.ids.next('words');
  const at = deps.clock.now();
  const { incident, audience } = ask;
  if (!(await insertBroadcast(tx, { ...rowOf(ask, at), id }))) return firstOf(tx, ask);
  await supersedeOlder(deps, tx, { ask, id });
  await answerPromises(tx, { incidentId: incident.id, audience, broadcastId: id });
  const dueAt = await nextDueOf(deps, tx, ask, at);
  const promised = dueAt && promiseOf(dueAt);
  if (promised) await makePromise(tx, { incidentId: incident.id, audience, at, promised, madeBy: id });
  await markTold(tx, { incidentId: incident.id, audience, at, dueAt });
  const nextUpdate = promised ? sayPromise(promised, at, deps.home.timezone) : '';
  await carry(deps, tx, { id, ask, rendered: renderWords(deps, toldBy(ask, nextUpdate)) });
  await record(deps, tx, { id, ask, at, promised });
  await tidyDraft(deps, tx, incident, ask.by);
  return id;
}

function rowOf(ask: SayAsk, at: Date) {
  const { incident, audience, origin, by, body, requestKey } = ask;
  const said = { incidentId: incident.id, audience, origin, saidBy: by.name, saidAt: at, body };
  return { ...said, note: null, requestKey: requestKey ?? null, givesWay: givesWayOf(ask) };
}

/** The first words say who and what, and a person's next words may not; news, and the last words, are said but once. */
function givesWayOf({ origin, kind, news }: SayAsk): GivesWay {
  if (origin === 'person' || news === true || kind === 'all-clear') return 'never';
  return kind === 'declaration' ? 'to-automatic' : 'to-any';
}

async function firstOf(tx: Tx, { requestKey, audience }: SayAsk): Promise<string> {
  const said = await broadcastsByRequest(tx, requestKey ?? '');
  const first = said.find((row) => row.audience === audience);
  if (!first) throw new Error(`Words to ${audience} were neither written nor found.`);
  return first.id;
}

/** What nobody wrote, nobody tried to carry yet and these words say again is overtaken: after a silence one message goes out, not many. */
async function supersedeOlder(deps: WordsDeps, tx: Tx, of: { ask: SayAsk; id: string }): Promise<void> {
  const { incident, audience, origin } = of.ask;
  const giving = await givingWay(tx, { incidentId: incident.id, audience, toAutomatic: origin !== 'person' });
  const older = giving.filter((id) => id !== of.id);
  if (older.length === 0) return;
  await supersedeUntried(tx, older, deps.real.now());
  for (const id of older) await settle(deps, tx, id);
}

/** Null after the last words, and for those who are owed nothing. */
async function nextDueOf(
  deps: WordsDeps,
  tx: Tx,
  { incident, audience, kind }: SayAsk,
  at: Date,
): Promise<Date | null> {
  if (kind === 'all-clear' || !isOpen(incident) || ruleOf(deps.home, incident, audience) === 'never') return null;
  return later(at, await cadenceOf(deps, tx, incident));
}

function toldBy({ incident, audience, kind, body, origin, by }: SayAsk, nextUpdate: string): Told {
  const spoke = origin === 'person' ? by.name : '';
  return { incident, audience, kind, body, automatic: origin === 'automatic', by: spoke, nextUpdate };
}

async function record(
  deps: WordsDeps,
  tx: Tx,
  of: { id: string; ask: SayAsk; at: Date; promised: Date | null },
): Promise<void> {
  const { incident, audience, origin, by, body, kind } = of.ask;
  await appendAudit(tx, {
    at: of.at,
    who: by.name,
    door: by.door,
    what: 'broadcast.said',
    incidentId: incident.id,
    runId: null,
    detail: { broadcast: of.id, audience, origin, kind, body, promised: of.promised?.toISOString() ?? null },
  });
  await tx.tell({ kind: 'BroadcastSaid', incidentId: incident.id, broadcastId: of.id, audience, origin });
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
}
