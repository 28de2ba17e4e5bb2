import type { Fact } from '../domain/facts.ts';
import type { AuditEntry, Tx } from '../domain/ports/store.ts';
import { troubled } from '../domain/run.ts';
import type { StepEnded } from '../recovery/deps.ts';
import { readGuard } from '../store/guards.ts';
import type { MusterLog } from './log.ts';

/** Of an audit entry's details, what tells what it is about; the rest stays in the audit log. */
const kept = ['step', 'attempt', 'uses', 'status', 'outcome', 'command', 'guard', 'region', 'code'] as const;

/** What the end of a step tells better, and what is so frequent that nobody reads it. */
const quiet = new Set(['step.settled', 'step.advanced']);
const alarming = new Set(['consent.glass-broken', 'consent.expired', 'guard.armed']);

/** Every decision and effect is a line, with its incident, run and step. */
export function logging(log: MusterLog): (entry: AuditEntry) => void {
  return ({ who, door, what, incidentId, runId, detail }) => {
    const about = Object.fromEntries(kept.flatMap((key) => (isPlain(detail[key]) ? [[key, detail[key]]] : [])));
    log[levelOf(what, detail)]({ ...idsOf(incidentId, runId), ...about, who, door }, what);
  };
}

function levelOf(what: string, { outcome }: AuditEntry['detail']): 'debug' | 'info' | 'warn' {
  if (quiet.has(what)) return 'debug';
  return alarming.has(what) || outcome === 'failed' || outcome === 'aborted' ? 'warn' : 'info';
}

export function logStepEnded(log: MusterLog, ended: StepEnded): void {
  const { incidentId, runId, step, attempt, uses, status, note, seconds } = ended;
  const level = troubled.includes(status) ? 'warn' : 'info';
  log[level]({ incident: incidentId, run: runId, step, attempt, uses, status, seconds, why: note }, 'step.ended');
}

/** Trouble that somebody who reads the log should see, once it has committed. */
export async function logFact(log: MusterLog, tx: Tx, fact: Fact): Promise<void> {
  const about = await aboutTrouble(tx, fact);
  if (about === null) return;
  const { kind, incidentId } = fact;
  const level = kind === 'RunStuck' ? 'error' : 'warn';
  tx.afterCommit(() => log[level]({ incident: incidentId, ...about }, nameOf(kind)));
}

/** What a line on this fact says besides its incident; null where it is no trouble. */
async function aboutTrouble(tx: Tx, fact: Fact): Promise<object | null> {
  if (fact.kind === 'RunPaused' || fact.kind === 'RunStuck') return { run: fact.runId, why: fact.why };
  if (fact.kind === 'RunTakenUp') return { run: fact.runId, lastAt: fact.lastAt };
  if (fact.kind === 'PromiseBroken') return { audience: fact.audience, promised: fact.promised };
  if (fact.kind === 'GroupsUnread') return { groups: fact.groups };
  if (fact.kind !== 'GuardTroubled') return null;
  const guard = await readGuard(tx, fact.guardId);
  return { run: guard?.runId, step: guard?.stepId, guard: fact.guardId, region: guard?.region, why: fact.why };
}

/** `RunTakenUp` is `run.taken-up`, as the audit log would write it. */
function nameOf(kind: Fact['kind']): string {
  const [first = '', ...rest] = kind.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
  return `${first}.${rest.join('-')}`;
}

function idsOf(incidentId: number | null, runId: string | null): { incident?: number; run?: string } {
  return { ...(incidentId === null ? {} : { incident: incidentId }), ...(runId === null ? {} : { run: runId }) };
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
