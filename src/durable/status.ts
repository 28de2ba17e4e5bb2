import { DBOS } from '@dbos-inc/dbos-sdk';
import type { FailedWorkflow } from './types.ts';

const shown = 20;

/** Workflows that have not come to their end: of runs under way, and of those that a restart has yet to go through. */
export async function countUnfinished(): Promise<number> {
  const unfinished = await DBOS.listWorkflows({
    status: ['PENDING', 'ENQUEUED'],
    loadInput: false,
    loadOutput: false,
  });
  return unfinished.length;
}

export async function listFailedWorkflows(): Promise<FailedWorkflow[]> {
  const failed = await DBOS.listWorkflows({
    status: ['ERROR', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'],
    sortDesc: true,
    limit: shown,
    loadInput: false,
  });
  return failed.map((workflow) => ({
    id: workflow.workflowID,
    workflow: workflow.workflowName,
    why: workflow.error instanceof Error ? workflow.error.message : 'It was started again too often.',
    at: new Date(workflow.completedAt ?? workflow.updatedAt ?? workflow.createdAt),
  }));
}
