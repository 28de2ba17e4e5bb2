import { AuthorizeSecurityGroupIngressCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, ListAccessKeysCommand } from '@aws-sdk/client-iam';
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  DescribeSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from '@jest/globals';
import { createWorld, simulatedCredentials, simulatedPlugin, simulatedProbes } from '../../src/sim/index.ts';
import { exampleCloud } from '../support/example-cloud.ts';
import { createManualClock } from '../support/manual-clock.ts';

const west = 'us-west-2';

function cloud() {
  const clock = createManualClock();
  const sections = ['databases', 'connections', 'rds', 'ec2', 'iam', 'ssm', 'secrets'] as const;
  const world = createWorld({ clock, estate: exampleCloud('contractorlens', sections) });
  const plug = <Client extends object>(client: Client): Client => {
    const { middlewareStack } = client as unknown as { middlewareStack: { use(plugin: object): void } };
    middlewareStack.use(simulatedPlugin((call) => world.call(call)));
    return client;
  };
  const options = { region: west, credentials: simulatedCredentials, maxAttempts: 1 };
  return {
    world,
    clock,
    ec2: plug(new EC2Client(options)),
    iam: plug(new IAMClient(options)),
    rds: plug(new RDSClient(options)),
    ssm: plug(new SSMClient(options)),
    secrets: plug(new SecretsManagerClient(options)),
    probes: simulatedProbes((call) => world.call(call)),
  };
}

const everybody = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'Block all inbound' }] }];

describe('security groups', () => {
  it('open to everybody by a rule that was meant to block, for there is none that denies', async () => {
    const { ec2 } = cloud();
    const GroupId = 'sg-0c10contain';
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: everybody }));
    const found = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [GroupId] }));
    expect(found.SecurityGroups?.[0]?.IpPermissions).toMatchObject([
      { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
    ]);
  });

  it('refuse a rule that they have, whatever it is described as', async () => {
    const { ec2 } = cloud();
    const asked = { GroupId: 'sg-0c10untrack', IpPermissions: everybody };
    await expect(ec2.send(new AuthorizeSecurityGroupIngressCommand(asked))).rejects.toMatchObject({
      name: 'InvalidPermission.Duplicate',
    });
  });
});

describe('a database password', () => {
  const ask = (probes: ReturnType<typeof cloud>['probes'], password: string) =>
    probes.sql.query('env:CONTRACTORLENS_DB', 'select 1 as one', [], { timeoutMs: 1_000, login: { password } });

  it('is not changed by the parameter that programs read it from', async () => {
    const { ssm, probes } = cloud();
    const put = { Name: '/contractorlens/db/password', Value: 'new-secure-password', Overwrite: true };
    await ssm.send(new PutParameterCommand(put));
    await expect(ask(probes, 'new-secure-password')).rejects.toMatchObject({ name: 'CredentialsRefused' });
    expect(await ask(probes, 'simulated-7f3a91c2')).toEqual([{ one: 1 }]);
  });

  it('is taken up a while after it was set, and then the old one is refused', async () => {
    const { rds, probes, clock } = cloud();
    const change = { DBInstanceIdentifier: 'contractorlens-db', MasterUserPassword: 'simulated-new1' };
    const { DBInstance } = await rds.send(new ModifyDBInstanceCommand(change));
    expect(DBInstance?.DBInstanceStatus).toBe('resetting-master-credentials');
    expect(JSON.stringify(DBInstance)).not.toContain('simulated-new1');
    expect(await ask(probes, 'simulated-7f3a91c2')).toEqual([{ one: 1 }]);
    await expect(rds.send(new ModifyDBInstanceCommand(change))).rejects.toMatchObject({
      name: 'InvalidDBInstanceStateFault',
    });
    await clock.advance(90_000);
    expect(await ask(probes, 'simulated-new1')).toEqual([{ one: 1 }]);
    await expect(ask(probes, 'simulated-7f3a91c2')).rejects.toMatchObject({ name: 'CredentialsRefused' });
  });

  it('has to be one that RDS takes', async () => {
    const { rds } = cloud();
    const change = { DBInstanceIdentifier: 'contractorlens-db', MasterUserPassword: 'with/slash@1' };
    await expect(rds.send(new ModifyDBInstanceCommand(change))).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });
});

describe('an application that is given its password by a parameter', () => {
  async function company() {
    const clock = createManualClock();
    const world = createWorld({ clock, estate: exampleCloud('contractorlens') });
    const { http } = simulatedProbes((call) => world.call(call));
    const call = async (service: string, command: string, input: Record<string, unknown>) => {
      const answer = await world.call({ service, command, region: west, input });
      if (!answer.ok) throw new Error(answer.error.message);
    };
    return {
      healthy: async () =>
        (await http.get('https://api.contractorlens.com/health', { timeoutMs: 1_000 })).status === 200,
      setDatabase: (MasterUserPassword: string) =>
        call('rds', 'ModifyDBInstance', { DBInstanceIdentifier: 'contractorlens-db', MasterUserPassword }),
      setParameter: (Value: string) =>
        call('ssm', 'PutParameter', { Name: '/contractorlens/db/password', Value, Overwrite: true }),
      restart: async () => {
        const names = { cluster: 'contractorlens', service: 'contractorlens' };
        await call('ecs', 'UpdateService', { ...names, forceNewDeployment: true });
        await clock.advance(10 * 60_000);
      },
      wait: () => clock.advance(2 * 60_000),
    };
  }

  it('is cut off by its next restart where only the parameter was changed', async () => {
    const { healthy, setParameter, restart } = await company();
    expect(await healthy()).toBe(true);
    await setParameter('simulated-new1');
    expect(await healthy()).toBe(true);
    await restart();
    expect(await healthy()).toBe(false);
  });

  it('keeps the connections that it has, and comes back by a restart once both sides have the new one', async () => {
    const { healthy, setDatabase, setParameter, restart, wait } = await company();
    await setDatabase('simulated-new1');
    await wait();
    expect(await healthy()).toBe(true);
    await restart();
    expect(await healthy()).toBe(false);
    await setParameter('simulated-new1');
    await restart();
    expect(await healthy()).toBe(true);
  });
});

describe('secrets', () => {
  const SecretId = 'contractorlens/db';
  const token = '00000000-0000-4000-8000-000000000001';

  it('have a new value current at once, unless it is given a stage', async () => {
    const { secrets } = cloud();
    await secrets.send(new PutSecretValueCommand({ SecretId, ClientRequestToken: token, SecretString: 'a' }));
    const { VersionIdsToStages: stages } = await secrets.send(new DescribeSecretCommand({ SecretId }));
    expect(stages?.[token]).toEqual(['AWSCURRENT']);
    expect(Object.values(stages ?? {})).toContainEqual(['AWSPREVIOUS']);
  });

  it('take the same token with another value for a mistake', async () => {
    const { secrets } = cloud();
    const put = (SecretString: string) =>
      secrets.send(new PutSecretValueCommand({ SecretId, ClientRequestToken: token, SecretString }));
    await put('a');
    await put('a');
    await expect(put('b')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('move a stage only for whoever names the version that has it', async () => {
    const { secrets } = cloud();
    const staged = { SecretId, ClientRequestToken: token, SecretString: 'a', VersionStages: ['AWSPENDING'] };
    await secrets.send(new PutSecretValueCommand(staged));
    const move = { SecretId, VersionStage: 'AWSCURRENT', MoveToVersionId: token };
    await expect(secrets.send(new UpdateSecretVersionStageCommand(move))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('parameters', () => {
  it('give what is encrypted only to whoever asks for it in clear', async () => {
    const { ssm } = cloud();
    const Name = '/contractorlens/db/password';
    const { Parameter: stored } = await ssm.send(new GetParameterCommand({ Name }));
    expect(stored?.Value).not.toContain('simulated');
    const { Parameter: clear } = await ssm.send(new GetParameterCommand({ Name: `${Name}:1`, WithDecryption: true }));
    expect(clear?.Value).toBe('simulated-7f3a91c2');
  });
});

describe('IAM', () => {
  it('is dark with us-east-1, wherever it is asked from', async () => {
    const { iam, world } = cloud();
    const asked = new ListAccessKeysCommand({ UserName: 'contractorlens-deploy' });
    expect((await iam.send(asked)).AccessKeyMetadata).toHaveLength(1);
    world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    await expect(iam.send(asked)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});
