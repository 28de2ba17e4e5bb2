import type {
  CreateChangeSetCommandInput,
  CreateChangeSetCommandOutput,
  DeleteStackCommandInput,
  DeleteStackCommandOutput,
  DescribeChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
  DescribeStackEventsCommandInput,
  DescribeStackEventsCommandOutput,
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  ExecuteChangeSetCommandInput,
  ExecuteChangeSetCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
  GetTemplateSummaryCommandInput,
  GetTemplateSummaryCommandOutput,
} from '@aws-sdk/client-cloudformation';
import { effect, type Operations, reading } from '../operation.ts';
import { createChangeSet } from './change-sets.ts';
import { deleteStack } from './delete.ts';
import { describeStackEvents, describeStacks, getTemplate, getTemplateSummary } from './describe.ts';
import { describeChangeSet } from './describe-change-set.ts';
import { executeChangeSet } from './execute.ts';

const named = ({ StackName }: { StackName?: string | undefined }): string => `cloudformation:${StackName}`;

export const cloudFormationOperations: Operations = {
  DescribeStacks: reading<DescribeStacksCommandInput, DescribeStacksCommandOutput>(describeStacks),
  DescribeStackEvents: reading<DescribeStackEventsCommandInput, DescribeStackEventsCommandOutput>(describeStackEvents),
  DescribeChangeSet: reading<DescribeChangeSetCommandInput, DescribeChangeSetCommandOutput>(describeChangeSet),
  GetTemplate: reading<GetTemplateCommandInput, GetTemplateCommandOutput>(getTemplate),
  GetTemplateSummary: reading<GetTemplateSummaryCommandInput, GetTemplateSummaryCommandOutput>(getTemplateSummary),
  CreateChangeSet: effect<CreateChangeSetCommandInput, CreateChangeSetCommandOutput>(named, createChangeSet),
  ExecuteChangeSet: effect<ExecuteChangeSetCommandInput, ExecuteChangeSetCommandOutput>(named, executeChangeSet),
  DeleteStack: effect<DeleteStackCommandInput, DeleteStackCommandOutput>(named, deleteStack),
};
