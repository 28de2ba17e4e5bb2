import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createAws, type SentCommand } from '../../src/actions/kit/aws.ts';
import { faultOf } from '../../src/actions/kit/fault.ts';
import { isEffect, permissionOf } from '../../src/actions/kit/permissions.ts';
import { reading, stated } from '../../src/actions/kit/reading.ts';
import { createActions } from '../../src/actions/registry.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { testHome } from '../support/home-folder.ts';
import { jumpingClock, makeGround } from './ground.ts';

const scale = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service', count: 4 };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

describe('the guard before an effect', () => {
  it('asks before every attempt, and never before a reading', async () => {
    let asked = 0;
    const ground = await makeGround({
      beforeEffect: async () => {
        asked += 1;
      },
    });
    closing.push(ground.close);
    const act = ground.action('ecs.scale-service');
    const captured = await act.capture(scale, ground.ctx());
    await act.plan(scale, ground.ctx());
    expect(asked).toBe(0);
    ground.world.setFault({ kind: 'call', command: 'UpdateService', fails: 'throttling', times: 2 });
    await act.apply(scale, 'token', captured, ground.ctx());
    expect(asked).toBe(1 + 3);
  });

  it('touches no other account than the one it is for', async () => {
    for (const [account, effects] of [
      ['123456789012', 2],
      ['999999999999', 0],
    ] as const) {
      const ground = await makeGround({ account });
      closing.push(ground.close);
      const act = ground.action('ecs.scale-service');
      const captured = await act.capture(scale, ground.ctx());
      const sent = await act.apply(scale, 'token', captured, ground.ctx()).then(
        () => 'sent',
        (error: Error) => error.message,
      );
      expect(ground.world.audit().effects).toHaveLength(effects);
      if (effects === 0)
        expect(sent).toBe('These credentials are for account 123456789012, expected 999999999999: nothing was sent.');
    }
  });
});

describe('a signal', () => {
  it('ends a reading at once, wherever it is', async () => {
    const ground = await makeGround();
    closing.push(ground.close);
    const given = new AbortController();
    const planned = ground
      .action('rds.promote-read-replica')
      .plan({ region: 'us-west-2', instance: 'dr-database' }, ground.ctx({ signal: given.signal }));
    given.abort();
    expect((await planned).checks[0]).toMatchObject({
      verdict: 'unknown',
      found: expect.stringContaining('did not answer in time'),
    });
  });
});

describe('on the wire', () => {
  const silent: Server[] = [];
  async function serve(answer: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    silent.push(server);
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function planAgainst(
    endpoint: string,
    name = 'elb.check-targets',
    input: JsonObject = { region: 'us-west-2', target_group: 'dr-tg', minimum: 1 },
  ): Promise<{ found: string; sent: SentCommand[] }> {
    const clock = jumpingClock();
    const sent: SentCommand[] = [];
    const credentials = () => ({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI' });
    const aws = createAws({
      clock,
      endpoint,
      credentials,
      beforeEffect: async () => {},
      onSend: (one) => sent.push(one),
    });
    closing.push(() => aws.close());
    const probes = simulatedProbes(async () => ({ ok: true, output: {} }));
    const act = createActions({ aws, home: testHome, ...probes }).get(name);
    const regions = { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' };
    const ctx = {
      clock,
      signal: new AbortController().signal,
      mode: 'graceful',
      purpose: 'plan',
      regions,
      owner: 'o',
    } as const;
    const plan = await act?.plan(input, ctx);
    expect(plan?.checks[0]?.verdict).toBe('unknown');
    return { found: plan?.checks[0]?.found ?? '', sent };
  }

  it('gives up on a Region that takes the call and never answers, before a plan is due', async () => {
    const { found, sent } = await planAgainst(await serve(() => {}));
    expect(found).toBe('Could not read the target group dr-tg in us-west-2: it did not answer in time.');
    expect(sent).toHaveLength(2);
  });

  it('says that nothing listens, without a secret', async () => {
    const { found } = await planAgainst('http://127.0.0.1:9');
    expect(found).toBe('Could not read the target group dr-tg in us-west-2: it cannot be reached (ECONNREFUSED).');
  });

  it.each([200, 404, 502])('takes a page of HTML with status %i for no answer', async (status) => {
    const url = await serve((_request, response) => void response.writeHead(status).end('<html>busy</html>'));
    const { found } = await planAgainst(url);
    expect(found).toMatch(/^Could not read the target group dr-tg in us-west-2: /);
    const scaled = await planAgainst(url, 'ecs.scale-service', scale);
    expect(scaled.found).toMatch(/^Could not read the ECS service dr-cluster\/app-service in us-west-2: /);
  });
});

describe('what a failure is taken for', () => {
  it.each([
    [{ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }, 'throttled'],
    [{ name: 'RequestLimitExceeded', $metadata: { httpStatusCode: 503 } }, 'throttled'],
    [{ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } }, 'denied'],
    [{ name: 'RequestExpired', $metadata: { httpStatusCode: 400 } }, 'credentials'],
    [{ name: 'UnrecognizedClientException', $metadata: { httpStatusCode: 400 } }, 'credentials'],
    [{ name: 'CredentialsProviderError', message: 'Token is expired.' }, 'credentials'],
    [{ name: 'DBInstanceNotFoundFault', $metadata: { httpStatusCode: 404 } }, 'not-found'],
    [{ name: 'TimeoutError' }, 'timed-out'],
    [{ name: 'Error', code: 'ENOTFOUND' }, 'unreachable'],
    [{ name: 'InternalFailure', $metadata: { httpStatusCode: 500 } }, 'failed'],
    [{ name: 'InvalidDBInstanceStateFault', message: 'backing up', $metadata: { httpStatusCode: 400 } }, 'refused'],
  ])('%j is %s', (error, kind) => {
    expect(faultOf(error).kind).toBe(kind);
  });

  it('says of expired credentials that they are to be renewed, and not that something was forbidden', () => {
    for (const name of ['ExpiredToken', 'ExpiredTokenException']) {
      expect(faultOf({ name, message: 'AKIASECRET', $metadata: { httpStatusCode: 403 } })).toEqual({
        kind: 'credentials',
        why: `the AWS credentials that Muster has have expired (${name}): renew them`,
      });
    }
  });

  it('lets a mistake of this program be one', async () => {
    await expect(reading('thing', () => Promise.reject(new TypeError('x is not a function')))).rejects.toThrow(
      TypeError,
    );
  });
});

it.each([undefined, null, ''])('takes no part of an answer for stated that is %j', async (part) => {
  const read = await reading('thing', async () => stated(part, 'an ARN'));
  expect(read).toMatchObject({ ok: false, sentence: 'Could not read the thing: the answer lacks an ARN.' });
});

it.each([0, false])('takes %j for stated', (part) => {
  expect(stated(part, 'a part')).toBe(part);
});

it('tells effects from readings by their names, and permissions as IAM does', () => {
  expect(
    ['PutObject', 'PromoteReadReplica', 'RegisterScalableTarget', 'UpdateService', 'AddTagsToResource'].every(isEffect),
  ).toBe(true);
  expect(['HeadObject', 'GetChange', 'ListResourceRecordSets', 'DescribeServices'].some(isEffect)).toBe(false);
  expect(permissionOf('s3', 'HeadBucket')).toBe('s3:ListBucket');
  expect(permissionOf('autoScaling', 'RegisterScalableTarget')).toBe('application-autoscaling:RegisterScalableTarget');
});

describe('one plan', () => {
  const replica = { region: 'us-west-2', instance: 'dr-database', max_lag: '15m' };

  it('reads a thing once, however many of its steps want it, and the next plan reads it again', async () => {
    const ground = await makeGround();
    closing.push(ground.close);
    const act = ground.action('rds.check-replica');
    const plan = async (): Promise<SentCommand[]> => {
      const ctx = ground.ctx({ purpose: 'plan', signal: new AbortController().signal });
      const before = ground.sent.length;
      const plans = await Promise.all([act.plan(replica, ctx), act.plan(replica, ctx), act.plan(replica, ctx)]);
      expect(plans[1]).toEqual(plans[0]);
      return ground.sent.slice(before);
    };
    const first = await plan();
    expect(new Set(first.map(({ permission }) => permission)).size).toBe(first.length);
    expect(await plan()).toHaveLength(first.length);
  });

  it('shares no reading with a run, which wants to know how things are now', async () => {
    const ground = await makeGround();
    closing.push(ground.close);
    const act = ground.action('rds.check-replica');
    const ctx = ground.ctx();
    await act.plan(replica, ctx);
    const once = ground.sent.length;
    await act.plan(replica, ctx);
    expect(ground.sent).toHaveLength(2 * once);
  });
});
