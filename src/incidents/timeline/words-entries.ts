import { type Audience, longestPastPromiseMs, sayAudience } from '../../domain/audience.ts';
import type { BroadcastOrigin } from '../../domain/facts.ts';
import { readBroadcast } from '../../store/broadcasts.ts';
import { readIncident } from '../../store/incidents.ts';
import { type Entering, each, enter } from './enter.ts';
import { because, quote, sayMinute } from './say.ts';

const origins: Record<BroadcastOrigin, string> = {
  person: '',
  automatic: ' by itself',
  holding: ' by itself, in neutral words',
};

export async function enterSaid(on: Entering, broadcastId: string): Promise<void> {
  const said = await readBroadcast(on.tx, broadcastId);
  if (!said) return;
  await enter(on, {
    kind: 'words',
    source: `said:${broadcastId}`,
    who: said.saidBy,
    at: said.saidAt,
    text: `Told ${sayAudience(said.audience)}${origins[said.origin]}: “${quote(said.body)}”`,
  });
}

export async function enterDelivered(
  on: Entering,
  of: { broadcastId: string; audience: Audience; note: string | null },
): Promise<void> {
  const said = await readBroadcast(on.tx, of.broadcastId);
  const nobody = said?.state === 'refused';
  const what = `The words to ${sayAudience(of.audience)}`;
  const text =
    of.note === null
      ? `${what} arrived`
      : `${what} ${nobody ? 'did not arrive' : 'arrived, but not all'}${because(of.note)}`;
  await enter(on, { kind: 'words', source: `delivered:${of.broadcastId}`, text });
}

export async function enterBroken(on: Entering, of: { audience: Audience; promised: Date }): Promise<void> {
  const incident = await readIncident(on.tx, on.incidentId);
  const isCutOff = incident?.phase === 'closed' && on.now.getTime() < of.promised.getTime() + longestPastPromiseMs;
  const until = isCutOff ? 'the incident was closed' : 'that minute was over';
  const text = `${promisedTo(of.audience)} words by ${sayMinute(of.promised)}, and none had arrived when ${until}`;
  await enter(on, { kind: 'words', source: `broken:${on.incidentId}:${of.audience}:${of.promised.getTime()}`, text });
}

export async function enterSnoozed(
  on: Entering,
  of: { audiences: readonly Audience[]; until: Date; by: string },
): Promise<void> {
  const text = `Held the words to ${of.audiences.map(sayAudience).join(', ')} back until ${sayMinute(of.until)}`;
  await enter(on, { kind: 'words', source: each(on, 'snoozed'), who: of.by, text });
}

function promisedTo(audience: Audience): string {
  return audience === 'public' ? 'The public was promised' : `The ${audience} were promised`;
}
