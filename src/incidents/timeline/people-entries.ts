import type { EscalationMeans } from '../../domain/facts.ts';
import type { Role } from '../../domain/home.ts';
import { incidentLabel, type Phase } from '../../domain/incident.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { readIncident } from '../../store/incidents.ts';
import { type ReviewRow, readReview } from '../../store/reviews.ts';
import { type Entering, each, enter } from './enter.ts';
import { because } from './say.ts';

export async function enterDeclared(on: Entering): Promise<void> {
  const incident = await readIncident(on.tx, on.incidentId);
  if (!incident) return;
  const { kind, title, severity, services, commander, declaredBy, declaredAt, impactBeganAt, scenario } = incident;
  const what = [severity, services.join(', '), scenario].filter(Boolean).join('; ');
  await enter(on, {
    kind: 'phase',
    source: `declared:${incident.id}`,
    who: declaredBy,
    at: declaredAt,
    text:
      kind === 'incident'
        ? `Declared ${incidentLabel(incident)} “${title}” (${what}), with impact since ${sayUtc(impactBeganAt)}; ${commander} commands`
        : `Opened ${incidentLabel(incident)} “${title}”; ${commander} commands`,
  });
}

/** What follows from a run is Muster's own doing. */
export async function enterPhase(on: Entering, { phase, by }: { phase: Phase; by?: string }): Promise<void> {
  const { kind = 'incident' } = (await readIncident(on.tx, on.incidentId)) ?? {};
  const label = incidentLabel({ id: on.incidentId, kind });
  const text =
    phase === 'resolved' ? `Resolved ${label}` : phase === 'closed' ? `Closed ${label}` : `${label} is ${phase}`;
  await enter(on, { kind: 'phase', source: each(on, `phase:${phase}`), text, ...(by !== undefined && { who: by }) });
}

export async function enterSeverity(on: Entering, of: { from: string; to: string; by: string }): Promise<void> {
  const text = `Changed the severity from ${of.from} to ${of.to}`;
  await enter(on, { kind: 'decision', source: each(on, `severity:${of.to}`), who: of.by, text });
}

export async function enterRole(on: Entering, of: { role: Role; person: string; by: string }): Promise<void> {
  const text = `Made ${of.person} one of the ${of.role}`;
  await enter(on, { kind: 'role', source: each(on, `role:${of.role}:${of.person}`), who: of.by, text });
}

export async function enterRoleEnded(
  on: Entering,
  { role, person, group }: { role: Role; person: string; group: string },
): Promise<void> {
  const text = `${person} is not one of the ${role} any more: group ${group} in Slack does not make them one now`;
  await enter(on, { kind: 'role', source: each(on, `role-ended:${role}:${person}`), text });
}

export async function enterHandOver(on: Entering, of: { from: string; to: string; by: string }): Promise<void> {
  const text = of.by === of.to ? `Took command from ${of.from}` : `Handed command from ${of.from} to ${of.to}`;
  await enter(on, { kind: 'role', source: each(on, `commander:${of.to}`), who: of.by, text });
}

export async function enterUnread(on: Entering, groups: readonly string[]): Promise<void> {
  const text = `Slack did not say who is in group ${groups.join(', ')}: its members hold no role until Slack says it or a commander grants it`;
  await enter(on, { kind: 'role', source: `unread:${on.incidentId}`, text });
}

const means: Record<EscalationMeans, string> = {
  mention: 'in the channel',
  direct: 'by direct message',
  mail: 'by mail',
  pager: 'by pager',
};

export async function enterEscalated(
  on: Entering,
  of: { rung: number; how: EscalationMeans; to: readonly string[] },
): Promise<void> {
  const whom = of.to.length > 0 ? of.to.join(', ') : 'nobody who can be reached so';
  const text = `Nobody had acknowledged: called ${whom} ${means[of.how]} (rung ${of.rung + 1})`;
  await enter(on, { kind: 'escalation', source: `escalated:${on.incidentId}:${of.rung}:${of.how}`, text });
}

export async function enterAcknowledged(on: Entering, by: string): Promise<void> {
  const text = `Acknowledged INC-${on.incidentId}`;
  await enter(on, { kind: 'escalation', source: `acknowledged:${on.incidentId}`, who: by, text });
}

export async function enterReviewAsked(on: Entering, reviewId: string): Promise<void> {
  const review = await readReview(on.tx, reviewId);
  if (!review) return;
  const text = `A person is to review ${subjectOf(review)} by ${sayUtc(review.dueAt)}`;
  await enter(on, { kind: 'decision', source: `review:${reviewId}:asked`, text });
}

export async function enterReviewDone(on: Entering, of: { reviewId: string; by: string }): Promise<void> {
  const review = await readReview(on.tx, of.reviewId);
  if (!review) return;
  const text = `Reviewed ${subjectOf(review)}`;
  await enter(on, { kind: 'decision', source: `review:${of.reviewId}:done`, who: of.by, text });
}

function subjectOf({ kind, glassBy, glassCode, glassReason }: ReviewRow): string {
  if (kind === 'post-mortem') return 'the post-mortem';
  return `why ${glassBy ?? 'somebody'} broke the glass for ${glassCode ?? 'a request'}${because(glassReason)}`;
}
