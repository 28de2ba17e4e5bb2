import { sayRecovery } from '../../src/broadcast/templates/say-recovery.ts';
import type { Recovery } from '../../src/domain/incident.ts';

/** What an ended incident came to, a line for each objective. */
export function measuredLines(recovery: Recovery): string[] {
  const { rto, rtoExplain, rpo, rpoExplain } = sayRecovery(recovery);
  return [`${rto} (${rtoExplain})`, `${rpo} (${rpoExplain})`];
}
