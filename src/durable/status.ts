import { DBOS } from '@dbos-inc/dbos-sdk';
import type { FailedWorkflow } from './types.ts';

const shown = 20;

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
