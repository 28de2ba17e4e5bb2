import {
  CloudFormationClient,
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  GetTemplateSummaryCommand,
} from '@aws-sdk/client-cloudformation';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { createWorld, simulatedCredentials, simulatedPlugin, type World } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock, type ManualClock } from '../support/manual-clock.ts';

const minute = 60_000;
const pipeline = 'flightdata-pipeline';
let clock: ManualClock;
let world: World;
let west: CloudFormationClient;

beforeEach(() => {
  clock = createManualClock();
  world = createWorld({ clock, estate: exampleCloud('flight-data', ['cloudFormation']) });
  west = new CloudFormationClient({ region: 'us-west-2', credentials: simulatedCredentials, maxAttempts: 1 });
  const { middlewareStack } = west as unknown as { middlewareStack: { use(plugin: unknown): void } };
  middlewareStack.use(simulatedPlugin(world.call));
});

const template = (resources: object, more: object = {}): string => JSON.stringify({ ...more, Resources: resources });
const queue = (name: string, policy?: string) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName: name },
  ...(policy ? { DeletionPolicy: policy } : {}),
});

async function make(of: Partial<CreateChangeSetCommandInput>): Promise<void> {
  await west.send(
    new CreateChangeSetCommand({ StackName: 'drill', ChangeSetName: 'set', ChangeSetType: 'CREATE', ...of }),
  );
  await clock.advance(minute);
}

async function deploy(body: string, name = 'drill'): Promise<string> {
  await make({ StackName: name, TemplateBody: body });
  await west.send(new ExecuteChangeSetCommand({ StackName: name, ChangeSetName: 'set', ClientRequestToken: 'token' }));
  await clock.advance(20 * minute);
  return statusOf(name);
}

async function statusOf(name: string): Promise<string> {
  const { Stacks } = await west.send(new DescribeStacksCommand({ StackName: name }));
  return String(Stacks?.[0]?.StackStatus);
}

const update = {
  StackName: pipeline,
  ChangeSetType: 'UPDATE' as const,
  Capabilities: ['CAPABILITY_NAMED_IAM' as const],
};

describe('a simulated change set', () => {
  it.each<[string, Partial<CreateChangeSetCommandInput>, string]>([
    ['neither a template nor the previous one', update, 'Either Template URL or Template Body must be specified.'],
    [
      'no leave for a named role',
      { ...update, UsePreviousTemplate: true, Capabilities: [] },
      'Requires capabilities : [CAPABILITY_NAMED_IAM]',
    ],
    [
      'a parameter that the template lacks',
      { ...update, UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'X', ParameterValue: '1' }] },
      'Parameters: [X] do not exist in the template',
    ],
    [
      'a value that is not allowed',
      { ...update, UsePreviousTemplate: true, Parameters: [{ ParameterKey: 'Environment', ParameterValue: 'prod' }] },
      "Parameter 'Environment' must be one of AllowedValues",
    ],
    [
      'a parameter without a value',
      { TemplateBody: template({ Q: queue('q') }, { Parameters: { N: { Type: 'String' } } }) },
      'Parameters: [N] must have values',
    ],
    [
      'another stack of that name',
      { ...update, ChangeSetType: 'CREATE', UsePreviousTemplate: true },
      'already exists and cannot be created again',
    ],
    ['no such stack to update', { ChangeSetType: 'UPDATE', UsePreviousTemplate: true }, 'Stack [drill] does not exist'],
    [
      'a template that is too long',
      { TemplateBody: ' '.repeat(51_201) },
      'Member must have length less than or equal to 51200',
    ],
    ['what is no template', { TemplateBody: 'Resources: [' }, 'Template format error'],
  ])('is refused with %s', async (_name, of, why) => {
    await expect(make(of)).rejects.toThrow(why);
  });

  it('puts what is not given back to its default, as AWS does: unless the previous value is asked for', async () => {
    const given = [{ ParameterKey: 'InstanceCount', ParameterValue: '3' }];
    await make({ ...update, UsePreviousTemplate: true, Parameters: given });
    await west.send(new ExecuteChangeSetCommand({ StackName: pipeline, ChangeSetName: 'set' }));
    await clock.advance(10 * minute);
    const { Stacks } = await west.send(new DescribeStacksCommand({ StackName: pipeline }));
    const values = Object.fromEntries(
      (Stacks?.[0]?.Parameters ?? []).map((one) => [one.ParameterKey, one.ParameterValue]),
    );
    expect(values).toEqual({ InstanceCount: '3', Environment: 'dev', WebhookSecret: '****' });
  });

  it('is being made for a while, and cannot be executed before', async () => {
    await west.send(
      new CreateChangeSetCommand({
        StackName: 'drill',
        ChangeSetName: 'set',
        ChangeSetType: 'CREATE',
        TemplateBody: template({ Q: queue('q') }),
      }),
    );
    expect(await statusOf('drill')).toBe('REVIEW_IN_PROGRESS');
    const execute = new ExecuteChangeSetCommand({ StackName: 'drill', ChangeSetName: 'set' });
    await expect(west.send(execute)).rejects.toMatchObject({ name: 'InvalidChangeSetStatus' });
  });

  it('without changes fails, and says so', async () => {
    const keep = ['InstanceCount', 'Environment', 'WebhookSecret'].map((ParameterKey) => ({
      ParameterKey,
      UsePreviousValue: true,
    }));
    await make({ ...update, UsePreviousTemplate: true, Parameters: keep });
    const set = await west.send(new DescribeChangeSetCommand({ StackName: pipeline, ChangeSetName: 'set' }));
    expect(set).toMatchObject({ Status: 'FAILED', StatusReason: expect.stringContaining("didn't contain changes") });
  });

  it('says what would be replaced, and what becomes of it', async () => {
    expect(await deploy(template({ Q: queue('one'), Kept: queue('kept', 'Retain') }))).toBe('CREATE_COMPLETE');
    await make({ ChangeSetName: 'next', ChangeSetType: 'UPDATE', TemplateBody: template({ Q: queue('two') }) });
    const { Changes } = await west.send(new DescribeChangeSetCommand({ StackName: 'drill', ChangeSetName: 'next' }));
    expect(Changes?.map((one) => one.ResourceChange)).toEqual([
      expect.objectContaining({ LogicalResourceId: 'Q', Action: 'Modify', Replacement: 'True' }),
      expect.objectContaining({ LogicalResourceId: 'Kept', Action: 'Remove', PolicyAction: 'Retain' }),
    ]);
  });
});

describe('a simulated stack', () => {
  it('is rolled back when a resource fails, and can then only be deleted', async () => {
    world.setFault({ kind: 'stack-fails', region: 'us-west-2', stack: 'drill', resource: 'B', reason: 'no room' });
    expect(await deploy(template({ A: queue('a'), B: queue('b') }))).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await west.send(new DescribeStackEventsCommand({ StackName: 'drill' }));
    expect(StackEvents?.find((event) => event.ResourceStatus === 'CREATE_FAILED')).toMatchObject({
      ResourceStatusReason: 'no room',
      ClientRequestToken: 'token',
    });
    world.clearFaults();
    await expect(make({ ChangeSetName: 'again', ChangeSetType: 'UPDATE', UsePreviousTemplate: true })).rejects.toThrow(
      'is in ROLLBACK_COMPLETE state and can not be updated',
    );
    await west.send(new DeleteStackCommand({ StackName: 'drill' }));
    await clock.advance(10 * minute);
    await expect(statusOf('drill')).rejects.toThrow('Stack with id drill does not exist');
  });

  it('cannot make what another stack has, or what a deleted one has left', async () => {
    expect(await deploy(template({ Kept: queue('kept', 'Retain') }))).toBe('CREATE_COMPLETE');
    expect(await deploy(template({ Q: queue('flightdata-dead-letters') }), 'second')).toBe('ROLLBACK_COMPLETE');
    await west.send(new DeleteStackCommand({ StackName: 'drill' }));
    await clock.advance(10 * minute);
    expect(await deploy(template({ Kept: queue('kept') }), 'third')).toBe('ROLLBACK_COMPLETE');
    const { StackEvents } = await west.send(new DescribeStackEventsCommand({ StackName: 'third' }));
    expect(JSON.stringify(StackEvents)).toContain('kept already exists');
  });

  it('that is protected is not deleted; one that is not there is', async () => {
    const estate = exampleCloud('flight-data', ['cloudFormation']);
    const [first] = estate.cloudFormation?.stacks ?? [];
    if (!first) throw new Error('no stack');
    const guarded = createWorld({
      clock,
      estate: { ...estate, cloudFormation: { stacks: [{ ...first, protected: true }] } },
    });
    const ask = (StackName: string) =>
      guarded.call({ service: 'cloudformation', command: 'DeleteStack', region: first.region, input: { StackName } });
    expect(await ask(first.name)).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('TerminationProtection') },
    });
    expect(await ask('nothing')).toMatchObject({ ok: true });
  });

  it('reads short and long forms of a template alike', async () => {
    const yaml =
      'Parameters: { N: { Type: String, Default: "4" } }\nResources:\n  Q: { Type: AWS::SQS::Queue, Properties: { QueueName: !Sub "q-${N}" } }\n';
    expect(await deploy(yaml)).toBe('CREATE_COMPLETE');
    const long = template({ Q: queue('q-4') }, { Parameters: { N: { Type: 'String', Default: '4' } } });
    await make({ ChangeSetName: 'same', ChangeSetType: 'UPDATE', TemplateBody: long });
    const set = await west.send(new DescribeChangeSetCommand({ StackName: 'drill', ChangeSetName: 'same' }));
    expect(set.Status).toBe('FAILED');
    const summary = await west.send(new GetTemplateSummaryCommand({ TemplateBody: yaml }));
    expect(summary).toMatchObject({
      ResourceTypes: ['AWS::SQS::Queue'],
      Parameters: [{ ParameterKey: 'N', DefaultValue: '4' }],
    });
  });
});
