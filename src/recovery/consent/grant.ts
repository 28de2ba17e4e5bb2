import { Refusal } from '../../domain/errors.ts';
import type { Amendment, Plan } from '../../domain/plan.ts';
import { crashAround } from '../../domain/ports/crash.ts';
import type { Tx } from '../../domain/ports/store.ts';
import { troubled } from '../../domain/run.ts';
import { appendAudit } from '../../store/audit.ts';
import { approvalsOf, type ConsentRow, endConsent } from '../../store/consents.ts';
import { lockRun } from '../../store/runs.ts';
import { readSteps } from '../../store/steps.ts';
import type { RecoveryDeps } from '../deps.ts';
import { startRun } from '../run/start-run.ts';
import { sendSteer } from '../steer/send-steer.ts';

/** Ends a request as granted and does what was asked, in the same transaction. */
export async function grantConsent(tx: Tx, deps: RecoveryDeps, consent: ConsentRow, plan: Plan): Promise<void> {
  const now = deps.clock.now();
  if (await isOvertaken(tx, consent)) return supersede(tx, deps, consent);
  const claimed = await endConsent(tx, consent.id, 'granted', now);
  if (!claimed) throw new Refusal(`${consent.code} is no longer waiting: somebody was faster.`);
  const approvals = await approvalsOf(tx, consent.id);
  await appendAudit(tx, {
    at: now,
    who: 'muster',
    door: 'muster',
    what: 'consent.granted',
    incidentId: consent.incidentId,
    runId: consent.runId,
    detail: {
      consent: consent.id,
      code: consent.code,
      digest: plan.digest,
      requestedBy: consent.requestedBy,
      approvedBy: approvals.map((approval) => approval.by),
      brokenGlassBy: consent.glassBrokenBy,
    },
  });
  await tx.tell({ kind: 'ConsentChanged', incidentId: consent.incidentId, requestId: consent.id });
  if (consent.runId !== null && consent.amendment !== null) {
    await amendRun(tx, deps, consent.runId, consent.amendment, consent.requestedBy);
  } else {
    await startRun(tx, deps, plan, consent);
  }
  crashAround(tx, deps.crash, 'consent.granted', consent.code);
}

async function amendRun(tx: Tx, deps: RecoveryDeps, runId: string, amendment: Amendment, by: string): Promise<void> {
  await sendSteer(tx, deps, runId, { word: 'amend', amendment, by });
}

/** A change that the run has gone past while people thought about it would be dropped without a word. */
async function isOvertaken(tx: Tx, { runId, amendment }: ConsentRow): Promise<boolean> {
  if (runId === null || amendment === null) return false;
  const run = await lockRun(tx, runId);
  const step = (await readSteps(tx, runId)).find((at) => at.id === amendment.step);
  if (!run || run.status === 'ended' || !step) return true;
  if (amendment.kind === 'accept-drift') return step.status !== 'drifted';
  return step.status !== 'waiting' && !troubled.includes(step.status);
}

async function supersede(tx: Tx, deps: RecoveryDeps, consent: ConsentRow): Promise<void> {
  const at = deps.clock.now();
  await endConsent(tx, consent.id, 'superseded', at);
  await appendAudit(tx, {
    at,
    who: 'muster',
    door: 'muster',
    what: 'consent.superseded',
    incidentId: consent.incidentId,
    runId: consent.runId,
    detail: { consent: consent.id, code: consent.code },
  });
  await tx.tell({ kind: 'ConsentChanged', incidentId: consent.incidentId, requestId: consent.id });
}
