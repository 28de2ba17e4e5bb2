import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createAws, type SentCommand } from '../../src/actions/kit/aws.ts';
import { createActions } from '../../src/actions/registry.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Action, ActionRegistry, Observation, StepContext } from '../../src/domain/action.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { simulatedProbes } from '../../src/sim/index.ts';
import { buildEstate, type Estate } from '../support/estate.ts';
import { testCredentials } from '../support/estate-clients.ts';
import { testHome } from '../support/home-folder.ts';
import { type Moto, startMoto } from '../support/moto.ts';
import { type MotoProxy, startMotoProxy } from '../support/moto-proxy.ts';
import { describeWith } from '../support/needs.ts';

describeWith('moto_server', "actions on AWS's own wire", () => {
  let moto: Moto;
  let proxy: MotoProxy;
  let estate: Estate;
  let actions: ActionRegistry;
  const sent: SentCommand[] = [];
  /** Waits as long as it is told to, but never longer than a moment: the stand-in is quick. */
  const clock = {
    ...systemClock,
    sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, 50), signal),
  };
  const regions = { active: 'us-east-1', standby: 'us-west-2', primary: 'us-east-1', recovery: 'us-west-2' };
  const ctx = (): StepContext => {
    const signal = new AbortController().signal;
    return {
      clock,
      signal,
      mode: 'graceful',
      purpose: 'run',
      regions,
      impactBeganAt: clock.now(),
      owner: 'run_1/step',
    };
  };
  const named = (name: string): Action => {
    const action = actions.get(name);
    if (!action) throw new Error(`no action ${name}`);
    return action;
  };

  beforeAll(async () => {
    moto = await startMoto();
    proxy = await startMotoProxy(moto.url);
    estate = await buildEstate(proxy.url);
    const aws = createAws({
      clock,
      endpoint: proxy.url,
      credentials: () => testCredentials,
      account: '123456789012',
      beforeEffect: async () => {},
      onSend: (command) => sent.push(command),
    });
    const none = async (): Promise<never> => Promise.reject(new Error('it is not asked here'));
    const { tls, scripts, terraform } = simulatedProbes(none);
    actions = createActions({
      ...{ aws, tls, scripts, terraform, home: testHome },
      http: { get: none, bytes: none },
      sql: { query: none },
      dns: { addresses: async () => ['192.0.2.9'] },
    });
  });
  afterAll(async () => {
    await proxy.stop();
    await moto.stop();
  });

  async function watch(action: Action, input: JsonObject, receipt: JsonObject): Promise<Observation> {
    for (let look = 0; look < 100; look += 1) {
      const seen = await action.observe(input, receipt, ctx());
      if (seen.state === 'done' || seen.state === 'failed') return seen;
      await clock.sleep(50);
    }
    return action.observe(input, receipt, ctx());
  }

  it.each<[string, () => JsonObject]>([
    ['ecs.scale-service', () => ({ region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service', count: 5 })],
    ['ecs.scale-service', () => ({ region: 'us-east-1', cluster: 'prod-cluster', service: 'app-service', count: 0 })],
    ['rds.promote-read-replica', () => ({ region: 'us-west-2', instance: 'dr-database', backup_retention_days: 7 })],
    [
      'route53.upsert-record',
      () => ({ zone_id: estate.dns.zone, name: 'www.dr.example.com', type: 'A', values: ['192.0.2.9'], ttl: 0 }),
    ],
    [
      'route53.switch-standby',
      () => ({
        region: 'us-west-2',
        bucket: estate.bucket,
        key: 'serve-from-us-west-2',
        present: true,
        name: 'api.dr.example.com',
        target: ['192.0.2.9'],
        to: 'us-west-2',
      }),
    ],
  ])('%s changes what it says, and then nothing', async (name, inputOf) => {
    const action = named(name);
    const input = inputOf();
    sent.length = 0;
    const plan = await action.plan(input, ctx());
    expect(plan.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
    expect(plan.noChange).toBe(false);
    const captured = await action.capture(input, ctx());
    const receipt = await action.apply(input, 'token-1', captured, ctx());
    const looked = await action.lookup(input, 'token-1', captured, ctx());
    expect(looked).toMatchObject({ happened: action.kind === 'once' ? 'unknowable' : true });
    const seen = await watch(action, input, receipt);
    if (seen.state !== 'done') throw new Error(JSON.stringify(seen));
    expect((await action.verify(input, seen.output, ctx())).filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect((await action.plan(input, ctx())).noChange).toBe(true);
    const asked = [...action.iam.read, ...action.iam.effect, 'sts:GetCallerIdentity'];
    for (const { permission } of sent) expect(asked).toContain(permission);
  });

  it('reads targets by name and by ARN', async () => {
    const check = named('elb.check-targets');
    for (const target_group of [estate.sites['us-east-1'].targetGroup, 'prod-tg']) {
      const input = { region: 'us-east-1', target_group, minimum: 1 };
      expect((await check.plan(input, ctx())).checks).toMatchObject([{ verdict: 'pass' }]);
    }
  });
});
