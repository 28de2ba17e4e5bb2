import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { type ConsentRow, climbRung, endConsent, lockDueConsents } from '../../store/consents.ts';
import type { RecoveryDeps } from '../deps.ts';

/** Minutes after which a request nobody has answered is told again, each time louder; the request itself is the first rung. */
const rungsMs = [0, 3, 6, 10].map((minutes) => minutes * 60_000);

/** Tells requests again that wait, and ends those that have run out. */
export async function watchConsents(deps: RecoveryDeps): Promise<void> {
  await deps.store.tx(async (tx) => {
    const now = deps.clock.now();
    for (const consent of await lockDueConsents(tx, now, rungsMs)) {
      if (consent.expiresAt <= now) await expire(tx, consent, now);
      else await climb(tx, consent);
    }
  });
}

async function climb(tx: Tx, consent: ConsentRow): Promise<void> {
  await climbRung(tx, consent.id);
  await tx.tell({
    kind: 'ConsentUnanswered',
    incidentId: consent.incidentId,
    requestId: consent.id,
    rung: consent.rung,
  });
}

async function expire(tx: Tx, consent: ConsentRow, at: Date): Promise<void> {
  await endConsent(tx, consent.id, 'expired', at);
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: 'consent.expired',
    incidentId: consent.incidentId,
    runId: consent.runId,
    detail: { consent: consent.id, code: consent.code },
  });
  await tx.tell({ kind: 'ConsentChanged', incidentId: consent.incidentId, requestId: consent.id });
}
