import { durationMs } from '../../domain/duration.ts';
import type { Person } from '../../domain/person.ts';
import type { Amendment, Plan } from '../../domain/plan.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { appendAudit } from '../../store/audit.ts';
import { type ConsentRow, insertConsent } from '../../store/consents.ts';
import type { RecoveryDeps } from '../deps.ts';
import { digestOf } from '../plan/digest.ts';
import { grantConsent } from './grant.ts';

/** How long a request waits before it counts for nothing. */
const lifetime = '30m';

/** Writes down a person's own consent and asks others for theirs; grants it at once when none is needed. */
export async function openConsent(
  tx: Tx,
  deps: RecoveryDeps,
  of: { plan: Plan; amendment: Amendment | null; runId: string | null },
  by: Person,
): Promise<string> {
  const now = deps.clock.now();
  const { digest, code } = digestOf(of.plan, of.amendment);
  const consent: ConsentRow = {
    id: deps.ids.next('consent'),
    incidentId: of.plan.incidentId,
    planId: of.plan.id,
    runId: of.runId,
    amendment: of.amendment,
    code,
    requestedBy: by.name,
    requestedAt: now,
    expiresAt: new Date(now.getTime() + durationMs(lifetime)),
    needed: of.plan.approvals,
    state: 'pending',
    glassBrokenBy: null,
    glassReason: null,
    rung: 1,
  };
  await insertConsent(tx, consent);
  await appendAudit(tx, {
    at: now,
    who: by.name,
    door: by.door,
    what: 'consent.requested',
    incidentId: consent.incidentId,
    runId: of.runId,
    detail: {
      consent: consent.id,
      plan: of.plan.id,
      code,
      digest,
      needed: consent.needed,
      amendment: of.amendment?.kind ?? null,
    },
  });
  if (consent.needed === 0) {
    await grantConsent(tx, deps, consent, of.plan);
  } else {
    await tx.tell({ kind: 'ConsentRequested', incidentId: consent.incidentId, requestId: consent.id });
  }
  crashAround(tx, deps.crash, 'consent.requested', code);
  return consent.id;
}
