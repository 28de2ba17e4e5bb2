import { Refusal } from '../../domain/errors.ts';
import { type Person, refuseUnless } from '../../domain/person.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { sayUtc } from '../../domain/say-instant.ts';
import { appendAudit } from '../../store/audit.ts';
import {
  approvalsOf,
  type ConsentRow,
  insertApproval,
  lockConsentByCode,
  pendingConsents,
  recordBrokenGlass,
} from '../../store/consents.ts';
import { rolesOf } from '../../store/roles.ts';
import type { RecoveryDeps } from '../deps.ts';
import { readPlanOrRefuse } from '../read.ts';
import { grantConsent } from './grant.ts';
import { lockOpenIncident } from './lock-incident.ts';

/** Another person's consent to the same code. Counts once; the last one needed starts the run. */
export async function approveConsent(
  deps: RecoveryDeps,
  ask: { code: string; incidentId: number },
  by: Person,
): Promise<string> {
  return deps.store.tx(async (tx) => {
    await lockOpenIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, ask.incidentId, by), 'approve');
    const consent = await lockWaiting(tx, deps, ask);
    if (consent.requestedBy === by.name) {
      throw new Refusal(`You asked for ${consent.code} yourself: another approver has to approve it.`);
    }
    const at = deps.clock.now();
    const counted = await insertApproval(tx, { consentId: consent.id, person: by.name, door: by.door, at });
    const approvals = await approvalsOf(tx, consent.id);
    if (!counted)
      throw new Refusal(`You have approved ${consent.code} already; ${stillNeeded(consent, approvals.length)}.`);
    await appendAudit(tx, {
      at,
      who: by.name,
      door: by.door,
      what: 'consent.approved',
      incidentId: consent.incidentId,
      runId: consent.runId,
      detail: { consent: consent.id, code: consent.code, count: approvals.length, needed: consent.needed },
    });
    if (approvals.length >= consent.needed)
      await grantConsent(tx, deps, consent, await readPlanOrRefuse(tx, consent.planId));
    else await tx.tell({ kind: 'ConsentChanged', incidentId: consent.incidentId, requestId: consent.id });
    return consent.id;
  });
}

/** A commander goes on without the others: at once, with a reason, told to every approver. */
export async function breakGlass(
  deps: RecoveryDeps,
  ask: { code: string; incidentId: number; reason: string },
  by: Person,
): Promise<string> {
  const reason = ask.reason.trim();
  if (!reason)
    throw new Refusal('Breaking the glass needs a reason: it is told to every approver and reviewed.', 'reason');
  return deps.store.tx(async (tx) => {
    await lockOpenIncident(tx, ask.incidentId);
    refuseUnless(await rolesOf(tx, ask.incidentId, by), 'break-glass');
    const consent = await lockWaiting(tx, deps, ask);
    await recordBrokenGlass(tx, consent.id, by.name, reason);
    await appendAudit(tx, {
      at: deps.clock.now(),
      who: by.name,
      door: by.door,
      what: 'consent.glass-broken',
      incidentId: consent.incidentId,
      runId: consent.runId,
      detail: { consent: consent.id, code: consent.code, reason },
    });
    await tx.tell({ kind: 'GlassBroken', incidentId: consent.incidentId, requestId: consent.id, by: by.name, reason });
    await grantConsent(
      tx,
      deps,
      { ...consent, glassBrokenBy: by.name, glassReason: reason },
      await readPlanOrRefuse(tx, consent.planId),
    );
    return consent.id;
  });
}

async function lockWaiting(tx: Tx, deps: RecoveryDeps, ask: { code: string; incidentId: number }): Promise<ConsentRow> {
  const code = ask.code.trim().toUpperCase();
  const consent = await lockConsentByCode(tx, ask.incidentId, code);
  if (!consent) throw new Refusal(`No request here has the code ${code}. ${await waitingCodes(tx, ask.incidentId)}`);
  if (consent.state === 'granted') throw new Refusal(`${code} is approved already, and under way.`);
  const expired = consent.state === 'expired' || consent.expiresAt <= deps.clock.now();
  if (expired)
    throw new Refusal(
      `${code} expired at ${sayUtc(consent.expiresAt)}: that request is over. Ask for it again; where nothing has changed the code is the same, and it needs approval again.`,
    );
  if (consent.state !== 'pending')
    throw new Refusal(`${code} was ${consent.state}. ${await waitingCodes(tx, ask.incidentId)}`);
  return consent;
}

async function waitingCodes(tx: Tx, incidentId: number): Promise<string> {
  const codes = (await pendingConsents(tx, incidentId)).map((consent) => consent.code);
  return codes.length > 0 ? `Waiting now: ${codes.join(', ')}.` : 'Nothing waits for approval now.';
}

function stillNeeded(consent: ConsentRow, have: number): string {
  const left = consent.needed - have;
  return left > 0 ? `it waits for ${left} more` : 'nobody else is needed';
}
