import type { CreateChangeSetCommandInput, CreateChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import { mint } from '../model.ts';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import { compareResources } from './changes.ts';
import { findStack } from './stacks.ts';
import { type ChangeSet, describedBy, type Source, type Stack, stackArn } from './state.ts';
import { capabilitiesOf, parseTemplate, type Template } from './template.ts';

type Input = CreateChangeSetCommandInput;

export function createChangeSet(scene: Scene, input: Input): Omit<CreateChangeSetCommandOutput, '$metadata'> {
  const { state, region } = scene;
  const existing = findStack(scene, input.StackName);
  const isNew = (input.ChangeSetType ?? 'UPDATE') === 'CREATE';
  refuseState(existing, isNew, input);
  const text = input.UsePreviousTemplate === true ? existing?.template : input.TemplateBody;
  const template = parseTemplate(text);
  const parameters = parametersOf(template, input, existing);
  const lacking = capabilitiesOf(template).filter((one) => !allows(input.Capabilities ?? [], one));
  if (lacking.length > 0)
    refuse('InsufficientCapabilitiesException', `Requires capabilities : [${lacking.join(', ')}]`);
  const stack = existing ?? reviewStack(scene, String(input.StackName));
  if (state.cloudFormation.changeSets.some((one) => one.stack === stack.id && one.name === input.ChangeSetName))
    refuse('AlreadyExistsException', `ChangeSet ${input.ChangeSetName} already exists`);
  const source = { template: String(text), parameters };
  const id = `arn:aws:cloudformation:${region}:${state.estate.account}:changeSet/${input.ChangeSetName}/${mint(state, 12)}`;
  state.cloudFormation.changeSets.push({
    ...{ region, stack: stack.id, stackName: stack.name, name: String(input.ChangeSetName), id, ...source },
    type: isNew ? 'CREATE' : 'UPDATE',
    createdAt: state.at,
    readyAt: state.at + state.cloudFormation.changeSetMs,
    execution: 'AVAILABLE',
    capabilities: [...(input.Capabilities ?? [])],
    tags: input.Tags ? Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key ?? '', Value ?? ''])) : null,
    changes: changesOf(state.estate.account, stack, source),
  });
  return { Id: id, StackId: stack.id };
}

function changesOf(account: string, stack: Stack, source: Source): ChangeSet['changes'] {
  const before = stack.status === 'REVIEW_IN_PROGRESS' ? {} : describedBy(account, stack, stack);
  return compareResources(stack.resources, before, describedBy(account, stack, source));
}

function allows(given: readonly string[], wanted: string): boolean {
  return given.includes(wanted) || (wanted === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM'));
}

function refuseState(existing: Stack | undefined, isNew: boolean, input: Input): void {
  const { StackName: name, ChangeSetName: set } = input;
  if (!existing) {
    if (!isNew) refuse('ValidationError', `Stack [${name}] does not exist`);
    return;
  }
  const reviewed = existing.status === 'REVIEW_IN_PROGRESS';
  if (isNew !== reviewed)
    refuse(
      'ValidationError',
      `Stack [${name}] already exists and cannot be created again with the changeSet [${set}].`,
    );
  if (!reviewed && !/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(existing.status))
    refuse('ValidationError', `Stack:${existing.id} is in ${existing.status} state and can not be updated.`);
}

/** What is not given becomes the template's default, unless the previous value is asked for. */
function parametersOf(template: Template, input: Input, existing: Stack | undefined): Record<string, string> {
  const given = new Map((input.Parameters ?? []).map((one) => [one.ParameterKey ?? '', one]));
  const unknown = [...given.keys()].filter((key) => !Object.hasOwn(template.Parameters, key));
  if (unknown.length > 0) refuse('ValidationError', `Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const values = Object.entries(template.Parameters).map(([key, { Default }]) => {
    const one = given.get(key);
    const previous = one?.UsePreviousValue === true ? existing?.parameters[key] : undefined;
    return [key, one?.ParameterValue ?? previous ?? Default] as const;
  });
  const missing = values.flatMap(([key, value]) => (value === undefined ? [key] : []));
  if (missing.length > 0) refuse('ValidationError', `Parameters: [${missing.join(', ')}] must have values`);
  for (const [key, value] of values) {
    const allowed = template.Parameters[key]?.AllowedValues;
    if (allowed && !allowed.includes(String(value)))
      refuse('ValidationError', `Parameter '${key}' must be one of AllowedValues`);
  }
  return Object.fromEntries(values.map(([key, value]) => [key, String(value)]));
}

/** Until its first change set is executed a stack is there by name alone. */
function reviewStack({ state, region }: Scene, name: string): Stack {
  const stack: Stack = {
    ...{ region, name, template: '', parameters: {}, status: 'REVIEW_IN_PROGRESS', reason: 'User Initiated' },
    id: stackArn(region, state.estate.account, name, mint(state, 12)),
    ...{ capabilities: [], tags: {}, protected: false, createdAt: state.at, updatedAt: null, deletedAt: null },
    ...{ resources: {}, events: [], doing: null },
  };
  state.cloudFormation.stacks.push(stack);
  return stack;
}
