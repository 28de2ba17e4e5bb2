import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { changeSetName, lossesIn } from '../../src/actions/cloudformation/change-set.ts';
import type { Action, Observation } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
let deploy: Action;
beforeEach(async () => {
  ground = await makeGround({ estate: exampleCloud('flight-data', ['cloudFormation']) });
  deploy = ground.action('cloudformation.deploy-stack');
});
afterEach(() => ground.close());

const pipeline = { region: 'us-west-2', stack: 'flightdata-pipeline', capabilities: ['CAPABILITY_NAMED_IAM'] };
const scaled = { ...pipeline, parameters: { InstanceCount: 3 } };
const emergency = {
  region: 'us-east-1',
  stack: 'flightdata-pipeline-emergency',
  template: 'infrastructure/emergency.yaml',
  parameters: { Environment: 'production' },
  capabilities: ['CAPABILITY_NAMED_IAM'],
};

async function send(input: JsonObject, owner = 'run_1/step'): Promise<JsonObject> {
  const ctx = ground.ctx({ owner });
  return deploy.apply(input, 'token-1', await deploy.capture(input, ctx), ctx);
}

async function watch(input: JsonObject, receipt: JsonObject): Promise<Observation> {
  for (let look = 0; look < 500; look += 1) {
    const seen = await deploy.observe(input, receipt, ground.ctx());
    if (seen.state === 'done' || seen.state === 'failed') return seen;
    await ground.clock.sleep(seen.againInMs ?? 15_000);
  }
  throw new Error('it never ended');
}

const checkOf = async (input: JsonObject, id: string) =>
  (await deploy.plan(input, ground.ctx())).checks.find((check) => check.id === id);
const effects = () => ground.world.audit().effects.map(({ command }) => command);

describe('cloudformation.deploy-stack', () => {
  it('keeps the parameters that it is not given, secret ones too', async () => {
    const plan = await deploy.plan(scaled, ground.ctx());
    expect(plan.after).toMatchObject({
      parameters: { Environment: 'standby', InstanceCount: '3', WebhookSecret: '(secret, kept)' },
    });
    expect((await watch(scaled, await send(scaled))).state).toBe('done');
    const { cloudFormation } = ground.world.snapshot() as unknown as {
      cloudFormation: {
        stacks: { region: string; parameters: Record<string, string>; tags: Record<string, string> }[];
      };
    };
    const stack = cloudFormation.stacks.find(({ region }) => region === 'us-west-2');
    expect(stack?.parameters).toEqual({
      Environment: 'standby',
      InstanceCount: '3',
      WebhookSecret: 'simulated-webhook-secret',
    });
    expect(stack?.tags).toEqual({ system: 'flight-data' });
    expect(JSON.stringify(plan)).not.toContain('simulated-webhook-secret');
  });

  it('does not take a template that it could not read for another one', async () => {
    const fault = {
      kind: 'call',
      service: 'cloudformation',
      command: 'GetTemplate',
      fails: 'error',
      times: 3,
    } as const;
    ground.world.setFault(fault);
    const brought = { ...pipeline, template: 'infrastructure/pipeline.yml' };
    expect(await checkOf(brought, 'stack')).toMatchObject({ verdict: 'unknown' });
    expect(await checkOf(brought, 'stack')).toMatchObject({ verdict: 'pass' });
  });

  it('shows what the change set would change, once it has been executed', async () => {
    const seen = await watch(scaled, await send(scaled));
    expect(seen).toMatchObject({
      state: 'done',
      output: {
        status: 'UPDATE_COMPLETE',
        changes: ['Modify IngestStream (AWS::Kinesis::Stream)', 'Modify Capacity (AWS::SSM::Parameter)'],
        outputs: { DeadLetterQueue: 'flightdata-dead-letters' },
      },
    });
  });

  it('is not done while the stack still shows what it was before', async () => {
    const receipt = await send(scaled);
    expect(await deploy.observe(scaled, receipt, ground.ctx())).toMatchObject({ state: 'working' });
  });

  it('takes a change set without changes for success', async () => {
    const same = { ...pipeline, parameters: { InstanceCount: '1' } };
    expect(await deploy.plan(same, ground.ctx())).toMatchObject({ noChange: true });
    const receipt = await send(same);
    expect(receipt).toMatchObject({ change_set: null });
    expect(await watch(same, receipt)).toMatchObject({ state: 'done' });
    expect(effects()).toEqual(['CreateChangeSet']);
  });

  it('calls a stack that was rolled back failed, and says which resource failed first', async () => {
    const reason = 'Limit exceeded for shards';
    ground.world.setFault({
      ...{ kind: 'stack-fails', region: 'us-west-2', stack: 'flightdata-pipeline', resource: 'IngestStream' },
      reason,
    });
    const receipt = await send(scaled);
    expect(await watch(scaled, receipt)).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/ROLLBACK.*IngestStream \(AWS::Kinesis::Stream\) failed first: Limit exceeded/),
    });
    await ground.clock.sleep(600_000);
    expect(await watch(scaled, receipt)).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/UPDATE_ROLLBACK_COMPLETE.*Limit exceeded for shards/),
    });
  });

  it('makes another change set for a retry after a failure', async () => {
    const fault = {
      kind: 'stack-fails',
      region: 'us-west-2',
      stack: 'flightdata-pipeline',
      resource: 'Capacity',
    } as const;
    ground.world.setFault(fault);
    const failed = await send(scaled);
    expect((await watch(scaled, failed)).state).toBe('failed');
    await ground.clock.sleep(600_000);
    ground.world.clearFaults();
    const again = await send(scaled);
    expect(again.change_set).not.toBe(failed.change_set);
    expect((await watch(scaled, again)).state).toBe('done');
  });

  it('goes on with the change set that an earlier life has made, and executes it once', async () => {
    const ctx = ground.ctx();
    const captured = await deploy.capture(emergency, ctx);
    ground.world.setFault({ kind: 'call', fails: 'timeout', command: 'ExecuteChangeSet' });
    await expect(deploy.apply(emergency, 'token-1', captured, ctx)).rejects.toThrow(/not confirmed/);
    ground.world.clearFaults();
    expect(await deploy.lookup(emergency, 'token-1', captured, ctx)).toEqual({ happened: false });
    expect(await deploy.plan(emergency, ctx)).toMatchObject({ before: { status: 'absent' }, noChange: false });
    const receipt = await send(emergency);
    expect((await watch(emergency, receipt)).state).toBe('done');
    expect(effects()).toEqual(['CreateChangeSet', 'ExecuteChangeSet']);
  });

  it('refuses a change that would replace what holds data, and executes nothing', async () => {
    const body = JSON.stringify({
      Resources: { Main: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'a', KeySchema: ['id'] } } },
    });
    const input = { region: 'us-west-2', stack: 'tables', body };
    expect((await watch(input, await send(input))).state).toBe('done');
    const renamed = { ...input, body: body.replace('"id"', '"sort"') };
    await expect(send(renamed, 'run_2/step')).rejects.toThrow(
      /Nothing was changed in the stack tables.*Modify Main \(AWS::DynamoDB::Table, replaced\) would lose/,
    );
    expect(effects().filter((command) => command === 'ExecuteChangeSet')).toHaveLength(1);
    expect(
      await checkOf({ ...input, body: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}' }, 'stateful'),
    ).toMatchObject({ verdict: 'fail', found: 'Main (AWS::DynamoDB::Table) would go' });
  });

  it.each<[string, JsonObject, string, RegExp]>([
    [
      'a parameter that is not there',
      { ...pipeline, parameters: { InstanceCuont: 3 } },
      'parameters',
      /did you mean InstanceCount/,
    ],
    ['a secret in a command', { ...pipeline, parameters: { WebhookSecret: 'x' } }, 'parameters', /secret \(NoEcho\)/],
    [
      'a parameter without a value',
      { ...emergency, parameters: {} },
      'parameters',
      /the template asks for Environment/,
    ],
    [
      'a capability that is not given',
      { ...emergency, capabilities: [] },
      'capabilities',
      /CAPABILITY_NAMED_IAM is not/,
    ],
    [
      'a template that is not there',
      { ...emergency, template: 'infrastructure/none.yaml' },
      'template',
      /there is no infrastructure/,
    ],
    [
      'a file that is no template',
      { ...emergency, template: 'scripts/verify-data.sh' },
      'template',
      /Template format error/,
    ],
    ['neither a stack nor a template', { ...pipeline, stack: 'unknown' }, 'template', /neither a stack nor a template/],
  ])('fails the plan of %s', async (_name, input, id, found) => {
    expect(await checkOf(input, id)).toMatchObject({ verdict: 'fail', found: expect.stringMatching(found) });
    expect(effects()).toEqual([]);
  });

  it('does not touch a stack that never came to be', async () => {
    ground.world.setFault({ kind: 'stack-fails', region: 'us-east-1', stack: emergency.stack, resource: 'Dead' });
    expect((await watch(emergency, await send(emergency))).state).toBe('failed');
    await ground.clock.sleep(600_000);
    expect(await checkOf(emergency, 'stack')).toMatchObject({
      verdict: 'fail',
      found: 'ROLLBACK_COMPLETE: it was never made, and can only be deleted',
    });
  });

  it('names a stack beside after its run, and takes nobody else’s for it', async () => {
    const beside = { ...emergency, suffix: 'drill' };
    const seen = await watch(beside, await send(beside));
    expect(seen).toMatchObject({ output: { stack: 'flightdata-pipeline-emergency-drill-1' } });
    const stolen = { ...emergency, stack: 'flightdata', suffix: 'pipeline' };
    const estate = exampleCloud('flight-data', ['cloudFormation']);
    const [first] = estate.cloudFormation?.stacks ?? [];
    if (!first) throw new Error('no stack');
    ground.close();
    const name = 'flightdata-pipeline-1';
    ground = await makeGround({ estate: { ...estate, cloudFormation: { stacks: [{ ...first, name }] } } });
    deploy = ground.action('cloudformation.deploy-stack');
    expect(await checkOf(stolen, 'stack')).toMatchObject({
      verdict: 'fail',
      found: `${name}, which this run did not make`,
    });
  });
});

describe('cloudformation.delete-stack', () => {
  it('fails the plan of what another has made, and sends nothing', async () => {
    const act = ground.action('cloudformation.delete-stack');
    const input = { region: 'us-west-2', stack: 'flightdata-pipeline' };
    expect((await act.plan(input, ground.ctx())).checks).toContainEqual(
      expect.objectContaining({ id: 'own', verdict: 'fail' }),
    );
    const captured = await act.capture(input, ground.ctx());
    await expect(act.apply(input, 'token', captured, ground.ctx())).rejects.toThrow('was not made by this run');
    expect(effects()).toEqual([]);
  });

  it('finds by its suffix what its run has made beside', async () => {
    const beside = { ...emergency, suffix: 'drill' };
    expect((await watch(beside, await send(beside))).state).toBe('done');
    const act = ground.action('cloudformation.delete-stack');
    const input = { region: 'us-east-1', stack: emergency.stack, suffix: 'drill' };
    expect(await act.plan(input, ground.ctx())).toMatchObject({
      after: { stack: `${emergency.stack}-drill`, status: 'absent' },
      noChange: false,
    });
    const receipt = await act.apply(input, 'token', await act.capture(input, ground.ctx()), ground.ctx());
    await ground.clock.sleep(600_000);
    expect(await act.observe(input, receipt, ground.ctx())).toMatchObject({ state: 'done' });
    expect(effects().at(-1)).toBe('DeleteStack');
  });

  it('does not take a stack beside for gone before its run has given it a name', async () => {
    const act = ground.action('cloudformation.delete-stack');
    const input = { region: 'us-east-1', stack: emergency.stack, suffix: 'drill' };
    expect((await act.plan(input, ground.ctx({ owner: 'plan' }))).noChange).toBe(false);
  });

  it('says why a stack could not be deleted', async () => {
    expect((await watch(emergency, await send(emergency))).state).toBe('done');
    const act = ground.action('cloudformation.delete-stack');
    const input = { region: 'us-east-1', stack: emergency.stack };
    ground.world.setFault({ kind: 'stack-fails', ...input, resource: 'Dead', reason: 'the queue is in use' });
    const receipt = await act.apply(input, 'token', await act.capture(input, ground.ctx()), ground.ctx());
    await ground.clock.sleep(600_000);
    expect(await act.observe(input, receipt, ground.ctx())).toMatchObject({
      state: 'failed',
      why: expect.stringMatching(/DELETE_FAILED: Dead \(AWS::SQS::Queue\) failed first: the queue is in use/),
    });
  });
});

describe('a change set', () => {
  it('has a name of its step and of the state of its stack', () => {
    expect(changeSetName('run_3k9x/deploy_all', 'abc')).toBe('muster-run-3k9x-deploy-all-abc');
    expect(changeSetName(`run_${'x'.repeat(200)}/step`, 'abc')).toMatch(/^[A-Za-z][-A-Za-z0-9]{0,127}$/);
  });

  it('loses what holds data where that is removed without being retained, or may be replaced', () => {
    const table = { LogicalResourceId: 'T', ResourceType: 'AWS::DynamoDB::Table' };
    expect(lossesIn([{ ...table, Action: 'Remove', PolicyAction: 'Retain' }])).toEqual([]);
    expect(lossesIn([{ ...table, Action: 'Remove', PolicyAction: 'Delete' }])).toHaveLength(1);
    expect(lossesIn([{ ...table, Action: 'Modify', Replacement: 'Conditional' }])).toHaveLength(1);
    expect(lossesIn([{ ...table, Action: 'Modify', Replacement: 'False' }])).toEqual([]);
    expect(lossesIn([{ ...table, ResourceType: 'AWS::SNS::Topic', Action: 'Remove' }])).toEqual([]);
  });
});
