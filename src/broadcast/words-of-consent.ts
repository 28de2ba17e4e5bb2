import type { Incident } from '../domain/incident.ts';
import type { Notice } from '../domain/notice.ts';
import type { Tx } from '../domain/ports/store.ts';
import { approvalsOf, type ConsentRow, readConsent } from '../store/consents.ts';
import { readPlan } from '../store/plans.ts';
import { membersOf } from '../store/roles.ts';
import type { WordsDeps } from './deps.ts';
import { post, sayIn, touch } from './post.ts';
import { sayDuration } from './say-time.ts';
import { named } from './words-of-incident.ts';

/** From this rung on a request that waits is told to each approver; from the next, to those who may do without. */
const directRung = 2;
const lastRung = 3;

interface Asked {
  incident: Incident;
  consent: ConsentRow;
  command: string;
}

export async function tellRequested(deps: WordsDeps, tx: Tx, incident: Incident, requestId: string): Promise<void> {
  const asked = await readAsked(tx, incident, requestId);
  if (!asked) return;
  const { consent, command } = asked;
  await post(deps, tx, { place: { in: 'incident', incidentId: incident.id }, notice: { kind: 'consent', requestId } });
  await sayIn(deps, tx, {
    incidentId: incident.id,
    key: `asked:${requestId}`,
    text: deps.say('consent-asked', {
      ...named(incident),
      command,
      code: consent.code,
      requestedBy: consent.requestedBy,
    }),
    mention: await approversOf(tx, asked),
  });
}

export async function tellConsentChanged(deps: WordsDeps, tx: Tx, requestId: string): Promise<void> {
  await touch(deps, tx, { kind: 'consent', requestId });
}

/** Each rung louder: the channel, then each approver, then whoever may break the glass. */
export async function tellUnanswered(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { requestId: string; rung: number },
): Promise<void> {
  const asked = await readAsked(tx, incident, of.requestId);
  if (!asked) return;
  const approvers = await approversOf(tx, asked);
  const input = await waitingInput(deps, tx, asked);
  const key = `asked:${of.requestId}:${of.rung}`;
  if (of.rung === directRung) {
    const text = deps.say('consent-waiting-direct', { ...input, channel: incident.channelName });
    await sayDirectly(deps, tx, { slack: approvers, key, text });
    return;
  }
  const last = of.rung >= lastRung;
  const text = deps.say(last ? 'consent-waiting-last' : 'consent-waiting', input);
  const commanders = last ? await slackIdsOf(tx, incident, 'commanders') : [];
  await sayIn(deps, tx, { incidentId: incident.id, key, text, mention: [...new Set([...approvers, ...commanders])] });
}

export async function tellGlassBroken(
  deps: WordsDeps,
  tx: Tx,
  incident: Incident,
  of: { requestId: string; by: string; reason: string },
): Promise<void> {
  const asked = await readAsked(tx, incident, of.requestId);
  if (!asked) return;
  const { consent, command } = asked;
  const text = deps.say('glass-broken', {
    ...named(incident),
    command,
    code: consent.code,
    by: of.by,
    reason: of.reason,
  });
  const approvers = await slackIdsOf(tx, incident, 'approvers');
  await sayDirectly(deps, tx, { slack: approvers, key: `glass:${of.requestId}`, text });
  await sayIn(deps, tx, { incidentId: incident.id, key: `glass:${of.requestId}`, text, mention: approvers });
  await tellConsentChanged(deps, tx, of.requestId);
}

async function readAsked(tx: Tx, incident: Incident, requestId: string): Promise<Asked | null> {
  const consent = await readConsent(tx, requestId);
  const plan = consent && (await readPlan(tx, consent.planId));
  return consent && plan ? { incident, consent, command: plan.command } : null;
}

async function waitingInput(deps: WordsDeps, tx: Tx, { incident, consent, command }: Asked) {
  const needed = Math.max(0, consent.needed - (await approvalsOf(tx, consent.id)).length);
  const waited = sayDuration(deps.clock.now().getTime() - consent.requestedAt.getTime());
  const { code, requestedBy } = consent;
  return { ...named(incident), command, code, requestedBy, waited, needed, several: needed !== 1 };
}

/** Those whose approval would count: nobody approves their own, nor twice. */
async function approversOf(tx: Tx, { incident, consent }: Asked): Promise<string[]> {
  const approved = (await approvalsOf(tx, consent.id)).map((approval) => approval.by);
  const members = await membersOf(tx, incident.id, 'approvers');
  return members
    .filter((member) => member.person !== consent.requestedBy && !approved.includes(member.person))
    .flatMap((member) => member.slack ?? []);
}

async function slackIdsOf(tx: Tx, incident: Incident, role: 'approvers' | 'commanders'): Promise<string[]> {
  return (await membersOf(tx, incident.id, role)).flatMap((member) => member.slack ?? []);
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
