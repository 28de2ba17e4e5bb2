import { DBOS } from '@dbos-inc/dbos-sdk';
import type { Executions } from './executions.ts';
import type { DurableLog } from './types.ts';

/**
 * Finds workflows that were handed to this process and that it does not carry out: what fails between the two, such as a
 * database that is away for a moment, would leave them to nobody for as long as this process lives. One that two looks
 * in a row find so is handed out again.
 */
export function watchStranded(executor: string, executions: Executions, log: DurableLog): () => Promise<void> {
  let suspected = new Set<string>();
  return async () => {
    const handed = await DBOS.listWorkflows({
      ...{ status: 'PENDING' as const, executorId: executor },
      ...{ loadInput: false, loadOutput: false },
    });
    const missing = handed.map(({ workflowID }) => workflowID).filter((id) => !executions.has(id));
    const stranded = missing.filter((id) => suspected.has(id));
    suspected = new Set(missing);
    if (stranded.length === 0) return;
    log.warn(
      { workflows: stranded },
      'Workflows were handed to this process and never begun; they are handed out again.',
    );
    await DBOS.resumeWorkflows(stranded);
  };
}
