import type { RecoveryNews } from '../../../recovery-news.ts';
import { sayDuration } from '../frame/times.ts';

/** What was measured of the recovery, beside its objective. */
export interface Measured {
  name: 'RTO' | 'RPO';
  value: string;
  objective: string;
  verdict: 'met' | 'missed' | 'not shown to be met' | 'no objective';
  explain: string;
}

/** Empty until the incident is resolved. */
export function measuredOf({ incident }: RecoveryNews): Measured[] {
  const { recovery } = incident;
  if (recovery === null) return [];
  return [
    measured('RTO', recovery.rtoMs, recovery.rtoObjectiveMs, recovery.rtoExplain),
    measured('RPO', recovery.rpoMs, recovery.rpoObjectiveMs, recovery.rpoExplain),
  ];
}

/** What was not observed is never met. */
function measured(name: Measured['name'], ms: number | null, objective: number | null, explain: string): Measured {
  const judged = ms === null ? 'not shown to be met' : ms <= (objective ?? 0) ? 'met' : 'missed';
  return {
    name,
    value: ms === null ? 'not observed' : sayDuration(ms / 1000),
    objective: objective === null ? 'no objective is set' : `objective ${sayDuration(objective / 1000)}`,
    verdict: objective === null ? 'no objective' : judged,
    explain,
  };
}
