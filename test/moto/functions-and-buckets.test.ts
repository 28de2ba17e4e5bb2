import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Action, ActionRegistry, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { testCredentials } from '../support/estate-clients.ts';
import { testHome } from '../support/home-folder.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { describeWith } from '../support/needs.ts';

const region = 'us-east-1';
const api = { region, function: 'flightdata-api' };
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
/** An archive that holds nothing. */
const emptyZip = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

describeWith('moto_server', "functions and buckets on AWS's own wire", () => {
  let moto: Moto;
  let actions: ActionRegistry;
  let s3: S3Client;
  const opened: { destroy(): void }[] = [];

  beforeAll(async () => {
    moto = await startMoto();
    const options = { endpoint: moto.url, region, credentials: testCredentials };
    const [lambda, iam] = [new LambdaClient(options), new IAMClient(options)];
    s3 = new S3Client({ ...options, forcePathStyle: true });
    const aws = createAws({
      clock: systemClock,
      endpoint: moto.url,
      credentials: () => testCredentials,
      beforeEffect: async () => {},
    });
    opened.push(lambda, iam, s3, { destroy: () => aws.close() });
    const nobody = async (): Promise<never> => Promise.reject(new Error('it is not asked here'));
    actions = createActions({ aws, home: testHome, ...simulatedProbes(nobody) });
    await makeFunction(lambda, iam);
  }, 60_000);
  afterAll(async () => {
    for (const client of opened) client.destroy();
    await moto.stop();
  });

  async function makeFunction(lambda: LambdaClient, iam: IAMClient): Promise<void> {
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [trust] });
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName: 'lambda', AssumeRolePolicyDocument: document }));
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: api.function,
        Runtime: 'python3.12',
        Handler: 'index.handler',
        Role: Role?.Arn,
        Code: { ZipFile: emptyZip },
      }),
    );
  }

  const context = (): StepContext => ({
    clock: systemClock,
    signal: new AbortController().signal,
    mode: 'graceful',
    purpose: 'run',
    regions: { active: region, standby: 'us-west-2', primary: region, recovery: 'us-west-2' },
    owner: 'run_1/step',
  });

  function actionOf(name: string): Action {
    const found = actions.get(name);
    if (!found) throw new Error(`no action ${name}`);
    return found;
  }

  /** Plans, sends, finds what was sent, sees it done and then plans no change; answers with what was captured. */
  async function carryOut(name: string, input: JsonObject): Promise<JsonObject> {
    const action = actionOf(name);
    const plan = await action.plan(input, context());
    expect(plan.noChange).toBe(false);
    expect(plan.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    const captured = await action.capture(input, context());
    const receipt = await action.apply(input, 'token', captured, context());
    expect(await action.lookup(input, 'token', captured, context())).toMatchObject({ happened: true });
    expect(await action.observe(input, receipt, context())).toMatchObject({ state: 'done' });
    expect((await action.plan(input, context())).noChange).toBe(true);
    return captured;
  }

  it('reserves nothing for a function, and puts back that nothing was said', async () => {
    const input = { ...api, reserved: 0 };
    const captured = await carryOut('lambda.set-concurrency', input);
    expect(captured).toMatchObject({ reserved: null });
    await carryOut('lambda.set-concurrency', actionOf('lambda.set-concurrency').restore(input, captured) ?? {});
  });

  it('makes a bucket, has it keep versions and replicates it', async () => {
    const [from, to] = [
      { region, bucket: 'flightdata-raw' },
      { region: 'us-west-2', bucket: 'flightdata-raw-copy' },
    ];
    for (const bucket of [from, to]) {
      await carryOut('s3.ensure-bucket', bucket);
      await carryOut('s3.ensure-versioning', bucket);
    }
    const role = 'arn:aws:iam::123456789012:role/replication';
    const input = { ...from, destination_region: to.region, destination: to.bucket, role };
    const captured = await carryOut('s3.ensure-replication', input);
    await carryOut('s3.ensure-replication', actionOf('s3.ensure-replication').restore(input, captured) ?? {});
  });

  it('copies what is missing to another Region, key by key', async () => {
    for (const Key of ['flights/a b.json', 'flights/ü+?.json']) {
      await s3.send(new PutObjectCommand({ Bucket: 'flightdata-raw', Key, Body: Key }));
    }
    await carryOut('s3.copy-prefix', {
      from_region: region,
      from: 'flightdata-raw',
      region: 'us-west-2',
      bucket: 'flightdata-raw-copy',
      prefix: 'flights/',
    });
  });
});
