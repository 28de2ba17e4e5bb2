import type { RehearsalView } from '../../src/rehearsal/rehearsal.ts';
import type { RehearsalReport, RehearsedStep } from '../../src/rehearsal/report.ts';

/** A rehearsal that has just begun. */
export function rehearsalOf(over: Partial<RehearsalView> = {}): RehearsalView {
  const startedAt = new Date('2026-03-01T14:05:00Z');
  return { id: 'rehearsal_1', command: 'failover', by: 'ana', startedAt, progress: [], end: null, ...over };
}

export function rehearsedStep(id: string, over: Partial<RehearsedStep> = {}): RehearsedStep {
  const took = { status: 'done', estimateMs: 60_000, tookMs: 45_000, note: null, standIn: false };
  return { id, title: `Step ${id}`, uses: 'ecs.scale-service', ...took, ...over };
}

/** A failover that went well. */
export function rehearsalReport(over: Partial<RehearsalReport> = {}): RehearsalReport {
  return {
    command: 'failover',
    title: 'Fail over to the standby Region',
    mode: 'graceful',
    inputs: { tasks: 8 },
    regions: { active: 'us-east-1', standby: 'us-west-2' },
    dark: false,
    troubles: [],
    outcome: 'succeeded',
    exceptions: [],
    rto: { ms: 457_000, objectiveMs: 3_600_000, explain: 'from the impact until serving saw health' },
    rpo: { ms: 55_000, objectiveMs: 900_000, explain: 'from the last replicated write to the fence' },
    elapsedMs: 450_000,
    criticalPathMs: 600_000,
    steps: [rehearsedStep('fence'), rehearsedStep('promote', { uses: 'rds.promote-read-replica' })],
    problems: [],
    carried: [],
    pauses: [],
    checkpoints: [],
    approvals: { phrase: 'FAILOVER', needed: 1, standIns: ['stand-in-approver-1'] },
    cloud: {
      writersOverlapMs: 0,
      lost: [{ instance: 'dr-database', seconds: 8 }],
      traffic: [{ name: 'api.dr.example.com', region: 'us-west-2' }],
    },
    environment: ['HOME'],
    ...over,
  };
}
