import type { Recovery } from '../../domain/incident.ts';
import { sayDuration } from './say-time.ts';

/** RTO and RPO, each beside its objective, with what they were measured from. */
export function sayRecovery(recovery: Recovery): { rto: string; rtoExplain: string; rpo: string; rpoExplain: string } {
  return {
    rto: sayMeasured('RTO', recovery.rtoMs, recovery.rtoObjectiveMs),
    rtoExplain: recovery.rtoExplain,
    rpo: sayMeasured('RPO', recovery.rpoMs, recovery.rpoObjectiveMs),
    rpoExplain: recovery.rpoExplain,
  };
}

function sayMeasured(what: 'RTO' | 'RPO', ms: number | null, objectiveMs: number | null): string {
  const objective = objectiveMs === null ? 'no objective set' : `objective ${sayDuration(objectiveMs)}`;
  if (ms === null) return `${what} not observed, ${objective}`;
  const verdict = objectiveMs === null ? '' : ms <= objectiveMs ? ': met' : ': missed';
  return `${what} ${sayDuration(ms)}, ${objective}${verdict}`;
}
