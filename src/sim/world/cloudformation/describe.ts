import type {
  DescribeStackEventsCommandInput,
  DescribeStackEventsCommandOutput,
  DescribeStacksCommandInput,
  DescribeStacksCommandOutput,
  GetTemplateCommandInput,
  GetTemplateCommandOutput,
  GetTemplateSummaryCommandInput,
  GetTemplateSummaryCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { Scene } from '../operation.ts';
import { resolve } from './resolve.ts';
import { needStack } from './stacks.ts';
import type { Stack } from './state.ts';
import { capabilitiesOf, isSecret, parseTemplate, type Template } from './template.ts';

type Answer<T> = Omit<T, '$metadata'>;
const eventPage = 100;

export function describeStacks(scene: Scene, input: DescribeStacksCommandInput): Answer<DescribeStacksCommandOutput> {
  const all = scene.state.cloudFormation.stacks.filter(
    ({ region, deletedAt }) => region === scene.region && deletedAt === null,
  );
  const found = input.StackName === undefined ? all : [needStack(scene, input.StackName)];
  return { Stacks: found.map(shownStack) };
}

function shownStack(stack: Stack) {
  const { status, reason, updatedAt, deletedAt, tags } = stack;
  const template = status === 'REVIEW_IN_PROGRESS' ? undefined : parseTemplate(stack.template);
  const named = Object.entries(template?.Outputs ?? {});
  const values = { ...stack.parameters, ...physicalIds(stack) };
  return {
    StackId: stack.id,
    StackName: stack.name,
    StackStatus: status as 'CREATE_COMPLETE',
    ...(reason === null ? {} : { StackStatusReason: reason }),
    CreationTime: new Date(stack.createdAt),
    ...(updatedAt === null ? {} : { LastUpdatedTime: new Date(updatedAt) }),
    ...(deletedAt === null ? {} : { DeletionTime: new Date(deletedAt) }),
    Capabilities: stack.capabilities as 'CAPABILITY_IAM'[],
    EnableTerminationProtection: stack.protected,
    Parameters: template ? shownParameters(template, stack.parameters) : [],
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    Outputs: named.map(([OutputKey, { Value }]) => ({ OutputKey, OutputValue: asText(resolve(Value, values)) })),
  };
}

function physicalIds({ resources }: Stack): Record<string, string> {
  return Object.fromEntries(Object.entries(resources).map(([id, { physicalId }]) => [id, physicalId]));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function shownParameters(template: Template, parameters: Record<string, string>) {
  return Object.entries(parameters).map(([ParameterKey, value]) => ({
    ParameterKey,
    ParameterValue: isSecret(template, ParameterKey) ? '****' : value,
  }));
}

/** The newest first. */
export function describeStackEvents(
  scene: Scene,
  input: DescribeStackEventsCommandInput,
): Answer<DescribeStackEventsCommandOutput> {
  const { id: StackId, name: StackName, events } = needStack(scene, input.StackName);
  const from = Number(input.NextToken ?? 0);
  const newest = events.toReversed();
  const page = newest.slice(from, from + eventPage).map((event, index) => ({
    ...{ StackId, StackName, EventId: `${event.logicalId}-${events.length - from - index}` },
    LogicalResourceId: event.logicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.at),
    ResourceStatus: event.status as 'CREATE_COMPLETE',
    ...(event.reason === null ? {} : { ResourceStatusReason: event.reason }),
    ...(event.token === null ? {} : { ClientRequestToken: event.token }),
  }));
  const more = from + eventPage < newest.length;
  return { StackEvents: page, ...(more ? { NextToken: String(from + eventPage) } : {}) };
}

export function getTemplate(scene: Scene, input: GetTemplateCommandInput): Answer<GetTemplateCommandOutput> {
  return { TemplateBody: needStack(scene, input.StackName).template, StagesAvailable: ['Original', 'Processed'] };
}

export function getTemplateSummary(
  scene: Scene,
  input: GetTemplateSummaryCommandInput,
): Answer<GetTemplateSummaryCommandOutput> {
  const template = parseTemplate(input.StackName ? needStack(scene, input.StackName).template : input.TemplateBody);
  const resources = Object.entries(template.Resources);
  const types = [...new Set(resources.map(([, { Type }]) => Type))];
  return {
    Parameters: Object.entries(template.Parameters).map(([ParameterKey, { Type, Default }]) => ({
      ParameterKey,
      ParameterType: Type,
      NoEcho: isSecret(template, ParameterKey),
      ...(Default === undefined ? {} : { DefaultValue: Default }),
    })),
    Capabilities: capabilitiesOf(template) as 'CAPABILITY_IAM'[],
    ResourceTypes: types,
    ResourceIdentifierSummaries: types.map((ResourceType) => ({
      ResourceType,
      LogicalResourceIds: resources.flatMap(([id, { Type }]) => (Type === ResourceType ? [id] : [])),
    })),
  };
}
