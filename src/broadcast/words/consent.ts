import { sayAgain, sayAsked } from '../../domain/asked.ts';
import { emailOf } from '../../domain/identity.ts';
import { type Incident, incidentLabel, isIncident, isOpen } from '../../domain/incident.ts';
import type { Notice } from '../../domain/notice.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { sayInstant } from '../../domain/say-instant.ts';
import { approvalsOf, type ConsentRow, readConsent } from '../../store/consents.ts';
import { readIncident } from '../../store/incidents.ts';
import { readPlan } from '../../store/plans.ts';
import { type Member, membersOf } from '../../store/roles.ts';
import type { WordsDeps } from '../deps.ts';
import { tellPager } from '../escalation/pager.ts';
import { mailTo } from '../mail/mail.ts';
import { post, sayIn, touch } from '../post.ts';
import { askReview } from '../review/ask.ts';
import { sayDuration } from '../templates/say-time.ts';
import { named } from './named.ts';

/** From this rung on a request that waits is told to each approver; from the next, to those who may do without. */
const directRung = 2;
const lastRung = 3;
const pageTurns = { trigger: 'waits', resolve: 'ended' };

interface Asked {
  incident: Incident;
  consent: ConsentRow;
  /** What is asked for, within a sentence. */
  what: string;
}

export async function tellRequested(deps: WordsDeps, tx: Tx, incident: Incident, requestId: string): Promise<void> {
  const asked = await readAsked(tx, incident, requestId);
  if (!asked) return;
  const { consent, what } = asked;
  await touch(deps, tx, { kind: 'incident-header', incidentId: incident.id });
  await post(deps, tx, { place: { in: 'incident', incidentId: incident.id }, notice: { kind: 'consent', requestId } });
  await sayIn(deps, tx, {
    incidentId: incident.id,
    key: `asked:${requestId}`,
    text: deps.say('consent-asked', {
      ...named(incident),
      what,
      code: consent.code,
      requestedBy: consent.requestedBy,
    }),
    mention: slackIds(await approversOf(tx, asked)),
  });
}

/** A pager that was told of a request is told when it waits no longer. */
export async function tellConsentChanged(deps: WordsDeps, tx: Tx, requestId: string): Promise<void> {
  await touch(deps, tx, { kind: 'consent', requestId });
  const consent = await readConsent(tx, requestId);
  if (consent) await touch(deps, tx, { kind: 'incident-header', incidentId: consent.incidentId });
  if (!consent || consent.state === 'pending') return;
  const incident = await readIncident(tx, consent.incidentId);
  const asked = incident && (await readAsked(tx, incident, requestId));
  if (!asked) return;
  const ranOut = consent.state === 'expired' && isOpen(incident);
  if (ranOut) await tellExpired(deps, tx, asked);
  if (consent.rung <= lastRung || !isIncident(incident)) return;
  const became = ranOut ? 'expired: nothing was done, and the incident goes on' : `is ${consent.state}`;
  const summary = `${incidentLabel(incident)}: the request for approval of ${asked.what} ${became}`;
  await tellPager(deps, tx, { ...pageOf(asked), action: 'resolve', turn: pageTurns.resolve, summary });
}

/** Whoever waited for an answer learns that there is none, and how to go on. */
async function tellExpired(deps: WordsDeps, tx: Tx, asked: Asked): Promise<void> {
  const { incident, consent } = asked;
  const plan = await readPlan(tx, consent.planId);
  if (!plan) return;
  const text = deps.say('consent-expired', {
    ...(await waitingInput(deps, tx, asked)),
    waited: sayDuration(consent.expiresAt.getTime() - consent.requestedAt.getTime()),
    at: sayInstant(consent.expiresAt, deps.home.timezone),
    again: sayAgain(plan, consent.amendment),
    approvers: sayApprovers(deps, await membersOf(tx, incident.id, 'approvers'), consent.requestedBy),
  });
  const mention = [consent.requestedBy, incident.commander];
  await sayIn(deps, tx, { incidentId: incident.id, key: `asked:${consent.id}:expired`, text, mention });
}

/** Nobody is called who could do nothing now: those known to Slack alone are counted. */
function sayApprovers({ home }: WordsDeps, members: readonly Member[], requestedBy: string): string {
  const others = members.map(({ person }) => person).filter((person) => person !== requestedBy);
  const known = others.filter((person) => Object.hasOwn(home.people, person));
  const unnamed = others.length - known.length;
  return [...known, ...(unnamed > 0 ? [`${unnamed} whom Slack knows`] : [])].join(', ');
}

/**
 * Each rung louder: the channel, then each approver also by mail, then whoever may break the glass, and the pager. For a
 * drill or a routine nobody is called: each is a word in the channel.
 */
export async function tellUnanswered(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { requestId: string; rung: number },
): Promise<void> {
  const asked = await readAsked(tx, incident, of.requestId);
  if (!asked) return;
  if (isIncident(incident) && of.rung === directRung) return tellApprovers(deps, tx, asked, of.rung);
  if (isIncident(incident) && of.rung >= lastRung) return tellLast(deps, tx, asked, of.rung);
  const text = deps.say('consent-waiting', await waitingInput(deps, tx, asked));
  const mention = slackIds(await approversOf(tx, asked));
  await sayIn(deps, tx, { incidentId: incident.id, key: keyOf(asked, of.rung), text, mention });
}

async function tellApprovers(deps: WordsDeps, tx: Tx, asked: Asked, rung: number): Promise<void> {
  const approvers = await approversOf(tx, asked);
  const input = { ...(await waitingInput(deps, tx, asked)), channel: asked.incident.channelName };
  const text = deps.say('consent-waiting-direct', {
    ...input,
    where: asked.incident.channel ?? asked.incident.channelName,
  });
  await sayDirectly(deps, tx, { slack: slackIds(approvers), key: keyOf(asked, rung), text });
  await mailAsked(deps, tx, asked, { to: approvers, rung, waited: input.waited });
}

async function tellLast(deps: WordsDeps, tx: Tx, asked: Asked, rung: number): Promise<void> {
  const { incident } = asked;
  const commanders = await membersOf(tx, incident.id, 'commanders');
  const called = [...(await approversOf(tx, asked)), ...commanders];
  const input = await waitingInput(deps, tx, asked);
  const text = deps.say('consent-waiting-last', input);
  const mention = [...new Set(slackIds(called))];
  await sayIn(deps, tx, { incidentId: incident.id, key: keyOf(asked, rung), text, mention });
  await mailAsked(deps, tx, asked, { to: called, rung, waited: input.waited });
  const summary = `${input.label}: ${asked.what} has waited ${input.waited} for approval, code ${input.code}`;
  await tellPager(deps, tx, { ...pageOf(asked), action: 'trigger', turn: pageTurns.trigger, summary });
}

/** Calls by mail are for those who can be mailed: nobody copies them by hand. */
async function mailAsked(
  deps: WordsDeps,
  tx: Tx,
  asked: Asked,
  of: { to: readonly Member[]; rung: number; waited: string },
): Promise<void> {
  if (!deps.can.mail) return;
  const { incident, consent, what } = asked;
  const words = deps.mail('approval-asked', {
    ...named(incident),
    severity: incident.severity,
    what,
    code: consent.code,
    requestedBy: consent.requestedBy,
    waited: of.waited,
    channel: incident.channelName,
  });
  const addresses = of.to.flatMap((member) => emailOf(deps.home, member.person) ?? []);
  await mailTo(deps, tx, { incident, addresses, key: keyOf(asked, of.rung), words });
}

function keyOf({ consent }: Asked, rung: number): string {
  return `asked:${consent.id}:${rung}`;
}

function pageOf({ incident, consent }: Asked): { incident: Incident; about: string } {
  return { incident, about: `${incidentLabel(incident)}:${consent.id}` };
}

export async function tellGlassBroken(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { requestId: string; by: string; reason: string },
): Promise<void> {
  const asked = await readAsked(tx, incident, of.requestId);
  if (!asked) return;
  const { consent, what } = asked;
  const text = deps.say('glass-broken', {
    ...named(incident),
    what,
    code: consent.code,
    by: of.by,
    reason: of.reason,
  });
  const approvers = slackIds(await membersOf(tx, incident.id, 'approvers'));
  await sayDirectly(deps, tx, { slack: approvers, key: `glass:${of.requestId}`, text });
  await sayIn(deps, tx, { incidentId: incident.id, key: `glass:${of.requestId}`, text, mention: approvers });
  await tellConsentChanged(deps, tx, of.requestId);
  await askReview(deps, tx, { incident, kind: 'break-glass', subject: of.requestId });
}

async function readAsked(tx: Tx, incident: Incident, requestId: string): Promise<Asked | null> {
  const consent = await readConsent(tx, requestId);
  const plan = consent && (await readPlan(tx, consent.planId));
  return consent && plan ? { incident, consent, what: sayAsked(plan, consent.amendment) } : null;
}

async function waitingInput(deps: WordsDeps, tx: Tx, { incident, consent, what }: Asked) {
  const needed = Math.max(0, consent.needed - (await approvalsOf(tx, consent.id)).length);
  const waited = sayDuration(deps.clock.now().getTime() - consent.requestedAt.getTime());
  const { code, requestedBy } = consent;
  return { ...named(incident), what, code, requestedBy, waited, needed, several: needed !== 1 };
}

/** Those whose approval would count: nobody approves their own, nor twice. */
async function approversOf(tx: Tx, { incident, consent }: Asked): Promise<Member[]> {
  const approved = (await approvalsOf(tx, consent.id)).map((approval) => approval.by);
  const members = await membersOf(tx, incident.id, 'approvers');
  return members.filter((member) => member.person !== consent.requestedBy && !approved.includes(member.person));
}

function slackIds(members: readonly Member[]): string[] {
  return members.flatMap((member) => member.slack ?? []);
}

async function sayDirectly(
  deps: WordsDeps,
  tx: Tx,
  words: { slack: readonly string[]; key: string; text: string },
): Promise<void> {
  for (const slack of words.slack) {
    const notice: Notice = { kind: 'sentence', text: words.text, mention: [] };
    await post(deps, tx, { place: { in: 'direct', slack }, notice, key: `${words.key}:${slack}` });
  }
}
