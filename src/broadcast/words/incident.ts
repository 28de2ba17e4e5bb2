import type { Role } from '../../domain/home.ts';
import type { Incident, Phase } from '../../domain/incident.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { readGuard } from '../../store/guards.ts';
import { readRecovery } from '../../store/incidents.ts';
import { enqueue } from '../../store/outbox.ts';
import type { WordsDeps } from '../deps.ts';
import { laneOf } from '../lanes.ts';
import { post, sayIn, touch } from '../post.ts';
import { draftPublic, resolvePublic } from '../public/page.ts';
import { sayRecovery } from '../templates/say-recovery.ts';
import { announceEnds } from './ended.ts';
import { named } from './named.ts';
import { isToldInFull } from './told.ts';

/** The channel, its header and the public draft; the word in #incidents follows once there is a channel to point to. */
export async function tellDeclared(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await tellOpened(deps, tx, incident);
  await draftPublic(deps, tx, incident);
}

/** The channel and its header: all that is told of a drill, or of a month's routines. */
export async function tellOpened(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const place = { in: 'incident', incidentId: incident.id } as const;
  await bringChannel(deps, tx, incident, `channel:${incident.id}`);
  await post(deps, tx, { place, notice: { kind: 'incident-header', incidentId: incident.id }, pin: true });
}

/** Opens the channel; once it is there, invites who holds a role by now and makes the topic say what is true. */
async function bringChannel(deps: WordsDeps, tx: Tx, { id: incidentId }: Incident, key: string): Promise<void> {
  const document = { to: 'slack', do: 'open-channel', incidentId } as const;
  await enqueue(tx, { key, lane: laneOf({ in: 'incident', incidentId }), document, dueAt: deps.real.now() });
}

/** Its topic, and who is in it, follow what was decided. */
export async function followChannel(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await bringChannel(deps, tx, incident, deps.ids.next(`channel:${incident.id}`));
}

export async function tellPhase(deps: WordsDeps, tx: Tx, incident: Incident, phase: Phase): Promise<void> {
  await touchHeader(deps, tx, incident);
  await announceEnds(deps, tx, incident);
  if (phase === 'resolved') await tellResolved(deps, tx, incident);
  if (phase === 'closed') {
    await sayIn(deps, tx, {
      incidentId: incident.id,
      key: `closed:${incident.id}`,
      text: deps.say('closed', named(incident)),
    });
  }
}

/** How recovery went against its objectives, unless the last words to responders say it; and the end on the page. */
async function tellResolved(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  const recovery = await readRecovery(tx, incident.id);
  if (recovery && !(await isToldInFull(deps, tx, incident, 'responders'))) {
    const text = deps.say('resolved', { ...named(incident), ...sayRecovery(recovery) });
    await sayIn(deps, tx, { incidentId: incident.id, key: `resolved:${incident.id}`, text });
  }
  await resolvePublic(deps, tx, incident);
}

/** Whoever takes command is told that, and not that they may. */
export async function tellGranted(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  grant: { role: Role; person: string; by: string },
): Promise<void> {
  await touchHeader(deps, tx, incident);
  await followChannel(deps, tx, incident);
  const { role, person, by } = grant;
  if (role === 'commanders' && person === incident.commander) return;
  const text = deps.say('role-granted', { ...named(incident), role, person, by });
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text, mention: [person] });
}

/** They and the commander are told: whoever counted on them has to look for somebody else. */
export async function tellRoleEnded(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { role: Role; person: string; group: string },
): Promise<void> {
  await touchHeader(deps, tx, incident);
  const { role, person, group } = of;
  const text = deps.say('role-ended', { ...named(incident), role, person, group });
  const mention = [...new Set([incident.commander, person])];
  await sayIn(deps, tx, { incidentId: incident.id, key: deps.ids.next('say'), text, mention });
}

export async function tellUnread(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  groups: readonly string[],
): Promise<void> {
  const text = deps.say('groups-unread', { ...named(incident), groups: groups.join(', ') });
  await sayIn(deps, tx, { incidentId: incident.id, key: `unread:${incident.id}`, text, mention: [incident.commander] });
}

type GuardNews = { guardId: string } & (
  | { what: 'guard-armed' | 'guard-fenced' }
  | { what: 'guard-troubled' | 'guard-released'; why: string }
);

export async function tellGuard(deps: WordsDeps, tx: Tx, incident: Incident, of: GuardNews): Promise<void> {
  await touchHeader(deps, tx, incident);
  const guard = await readGuard(tx, of.guardId);
  if (!guard) return;
  const input = { ...named(incident), region: guard.region, step: guard.stepId };
  const text = 'why' in of ? deps.say(of.what, { ...input, why: of.why }) : deps.say(of.what, input);
  const key = of.what === 'guard-troubled' ? deps.ids.next('say') : `${of.what}:${of.guardId}`;
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [incident.commander] });
}

export async function touchHeader(deps: WordsDeps, tx: Tx, incident: Incident): Promise<void> {
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
}
