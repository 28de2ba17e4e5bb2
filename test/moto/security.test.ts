import {
  CreateSecurityGroupCommand,
  DescribeImagesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ec2Actions } from '../../src/actions/ec2/actions.ts';
import { iamActions } from '../../src/actions/iam/actions.ts';
import { createAws } from '../../src/actions/kit/aws.ts';
import type { Clients } from '../../src/actions/kit/context.ts';
import { bindAction } from '../../src/actions/kit/define.ts';
import { ssmActions } from '../../src/actions/ssm/actions.ts';
import type { Action, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { jumpingClock } from '../actions/ground.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const region = 'us-west-2';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describeWith('moto_server', "what contains a breach, on AWS's own wire", () => {
  let moto: Moto;
  let aws: ReturnType<typeof createAws>;
  let inputs: Record<string, JsonObject>;
  const clock = jumpingClock('2026-11-21T12:00:00Z');

  beforeAll(async () => {
    moto = await startMoto();
    aws = createAws({ clock, endpoint: moto.url, credentials: () => credentials, beforeEffect: async () => {} });
    inputs = await buildBreach(moto.url);
  });
  afterAll(async () => {
    aws.close();
    await moto.stop();
  });

  function actionOf(name: string): Action {
    const found = [...ec2Actions, ...iamActions, ...ssmActions].find(({ info }) => info.name === name);
    if (!found) throw new Error(`no action ${name}`);
    return bindAction(found, { aws } as unknown as Clients);
  }

  const context = (): StepContext => ({
    clock,
    signal: new AbortController().signal,
    mode: 'graceful',
    purpose: 'run',
    regions: { active: region, standby: 'us-east-1', primary: region, recovery: 'us-east-1' },
    owner: 'run_1/step',
  });

  async function carryOut(action: Action, input: JsonObject): Promise<JsonObject> {
    const captured = await action.capture(input, context());
    const receipt = await action.apply(input, 'token-1', captured, context());
    expect(await action.lookup(input, 'token-1', captured, context())).toMatchObject({ happened: true });
    expect(await action.observe(input, receipt, context())).toMatchObject({ state: 'done' });
    return captured;
  }

  // Not isolate-instance: moto_server shows the groups of an interface together with those its instance began with.
  it.each([
    'ec2.snapshot-evidence',
    'ec2.lock-down-group',
    'iam.disable-access-key',
    'iam.revoke-sessions',
    'ssm.set-parameter',
  ])('%s changes once, is found, and is put back; planned again it changes nothing', async (name) => {
    const action = actionOf(name);
    const input = inputs[name] ?? {};
    const first = await action.plan(input, context());
    expect(first.noChange).toBe(false);
    expect(first.checks.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    const captured = await carryOut(action, input);
    // Sessions may have begun since: whoever asks again has them revoked again.
    expect((await action.plan(input, context())).noChange).toBe(name !== 'iam.revoke-sessions');
    const back = action.restore(input, captured);
    if (back === null) return;
    await carryOut(action, back);
    expect((await action.plan(input, context())).before).toEqual(first.before);
  });
});

/** An instance with its groups, a leaked key, a role and a pointer. */
async function buildBreach(endpoint: string): Promise<Record<string, JsonObject>> {
  const options = { endpoint, region, credentials };
  const ec2 = new EC2Client(options);
  const iam = new IAMClient({ ...options, region: 'us-east-1' });
  const ssm = new SSMClient(options);
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const VpcId = SecurityGroups?.[0]?.VpcId;
  const app = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'app', Description: 'application', VpcId }));
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ['amazon'] }));
  const run = { ImageId: Images?.[0]?.ImageId, MinCount: 1, MaxCount: 1, SecurityGroupIds: [app.GroupId ?? ''] };
  const { Instances } = await ec2.send(new RunInstancesCommand(run));
  const instance = Instances?.[0]?.InstanceId ?? '';
  await iam.send(new CreateUserCommand({ UserName: 'leaked' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'leaked' }));
  await iam.send(new CreateRoleCommand({ RoleName: 'task', AssumeRolePolicyDocument: '{}' }));
  await ssm.send(new PutParameterCommand({ Name: '/app/table', Type: 'String', Value: 'main' }));
  for (const client of [ec2, iam, ssm]) client.destroy();
  return {
    'ec2.snapshot-evidence': { region, instance },
    'ec2.lock-down-group': { region, group: app.GroupId ?? '' },
    'iam.disable-access-key': { user: 'leaked', access_key: AccessKey?.AccessKeyId ?? '' },
    'iam.revoke-sessions': { role: 'task' },
    'ssm.set-parameter': { region, name: '/app/table', value: 'main-restored' },
  };
}
