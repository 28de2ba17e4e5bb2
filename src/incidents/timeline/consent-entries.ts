import { nameOfPlan, sayAsked } from '../../domain/asked.ts';
import { sayAccepted } from '../../domain/carried.ts';
import type { Plan } from '../../domain/plan.ts';
import { approvalsOf, type ConsentRow, readConsent } from '../../store/consents.ts';
import { readPlan } from '../../store/plans.ts';
import { type Entering, enter } from './enter.ts';
import { because, sayLasted } from './say.ts';

interface Asked {
  consent: ConsentRow;
  plan: Plan;
  /** What was asked for, within a sentence: `failover A1B2C3`. */
  what: string;
}

export async function enterPlan(on: Entering, planId: string): Promise<void> {
  const plan = await readPlan(on.tx, planId);
  if (!plan) return;
  const takes = sayLasted(new Date(0), new Date(plan.criticalPathMs));
  const text = `Planned ${nameOfPlan(plan)} (${plan.mode}), code ${plan.code}: ${plan.steps.length} ${plan.steps.length === 1 ? 'step' : 'steps'}, about ${takes}`;
  await enter(on, { kind: 'command', source: `plan:${planId}`, who: plan.requestedBy, text });
}

export async function enterRequested(on: Entering, requestId: string): Promise<void> {
  const asked = await readAsked(on, requestId);
  if (asked) await enterAsked(on, asked);
}

/** Whatever has come of a request since it was last looked at. */
export async function enterConsent(on: Entering, requestId: string): Promise<void> {
  const asked = await readAsked(on, requestId);
  if (!asked) return;
  const { consent, what } = asked;
  const { id, needed } = consent;
  await enterAsked(on, asked);
  const approvals = await approvalsOf(on.tx, id);
  for (const [at, approval] of approvals.entries()) {
    const text = `Approved ${what} (${at + 1} of ${needed})`;
    await enter(on, {
      kind: 'decision',
      source: `consent:${id}:approved:${approval.by}`,
      who: approval.by,
      at: approval.at,
      text,
    });
  }
  if (consent.state === 'pending' || consent.state === 'granted') return;
  const ended = { expired: 'expired', superseded: 'was overtaken', refused: 'was refused' }[consent.state];
  const text = `The request for ${what} ${ended} with ${approvals.length} of ${needed} approvals: nothing was done for it`;
  await enter(on, { kind: 'decision', source: `consent:${id}:${consent.state}`, text });
}

export async function enterUnanswered(on: Entering, of: { requestId: string; rung: number }): Promise<void> {
  const asked = await readAsked(on, of.requestId);
  if (!asked) return;
  const waited = sayLasted(asked.consent.requestedAt, on.now);
  const text = `The request for ${asked.what} has waited ${waited}: its approvers were called again`;
  await enter(on, { kind: 'escalation', source: `consent:${of.requestId}:rung:${of.rung}`, text });
}

export async function enterGlassBroken(
  on: Entering,
  of: { requestId: string; by: string; reason: string },
): Promise<void> {
  const asked = await readAsked(on, of.requestId);
  if (!asked) return;
  const text = `Broke the glass for ${asked.what}${because(of.reason)}`;
  await enter(on, { kind: 'decision', source: `consent:${of.requestId}:glass`, who: of.by, text });
}

/** The requester's own consent, and what they have carried by name. */
async function enterAsked(on: Entering, { consent, plan, what }: Asked): Promise<void> {
  const { id, needed, requestedBy, requestedAt: at, amendment } = consent;
  const others = `${needed} other ${needed === 1 ? 'person is' : 'people are'} to approve`;
  const why = because(amendment?.reason ?? null);
  const text = `Asked for ${what}${why}; ${needed === 0 ? 'nobody else needed to approve' : others}`;
  await enter(on, { kind: 'decision', source: `consent:${id}:asked`, who: requestedBy, at, text });
  if (amendment) return;
  for (const acceptance of plan.acceptances) {
    const { check, reason, by } = acceptance;
    const text = `Went on although ${sayAccepted(plan, acceptance)}${because(reason)}`;
    await enter(on, { kind: 'decision', source: `accepted:${plan.id}:${check}`, who: by, at, text });
  }
}

async function readAsked({ tx }: Entering, requestId: string): Promise<Asked | null> {
  const consent = await readConsent(tx, requestId);
  const plan = consent && (await readPlan(tx, consent.planId));
  return consent && plan ? { consent, plan, what: sayAsked(plan, consent.amendment, consent.code) } : null;
}
