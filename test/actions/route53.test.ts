import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aliasZoneOf } from '../../src/actions/route53/elb-zones.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { type Ground, makeGround } from './ground.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await makeGround();
});
afterEach(() => ground.close());

const record = { zone_id: 'Z0ACME', name: 'www.dr.example.com', type: 'A' };
const recovery = {
  dns_name: 'dr-alb.us-west-2.elb.amazonaws.com',
  zone_id: 'Z1H1FL5HABSF5',
  evaluate_target_health: false,
};

async function checksOf(input: JsonObject): Promise<Record<string, string>> {
  const plan = await ground.action('route53.upsert-record').plan(input, ground.ctx());
  return Object.fromEntries(plan.checks.map(({ id, verdict }) => [id, verdict]));
}

async function write(input: JsonObject): Promise<{ captured: JsonObject; receipt: JsonObject }> {
  const act = ground.action('route53.upsert-record');
  const captured = await act.capture(input, ground.ctx());
  return { captured, receipt: await act.apply(input, 'token', captured, ground.ctx()) };
}

describe('route53.upsert-record', () => {
  it("refuses an alias with another Region's or service's zone", async () => {
    expect(await checksOf({ ...record, alias: recovery })).toMatchObject({ 'alias-zone': 'pass' });
    for (const zone_id of ['Z2FDTNDATAQYW2', 'Z35SXDOTRQ7X7K']) {
      expect(await checksOf({ ...record, alias: { ...recovery, zone_id } })).toMatchObject({ 'alias-zone': 'fail' });
    }
    const elsewhere = { ...recovery, dns_name: 'other.example.net' };
    expect(await checksOf({ ...record, alias: elsewhere })).toMatchObject({ 'alias-zone': 'unknown' });
  });

  it('refuses to mix routing policies', async () => {
    const routed = { ...record, name: 'api.dr.example.com' };
    expect(await checksOf({ ...routed, alias: recovery })).toMatchObject({ policy: 'fail' });
    expect(await checksOf({ ...routed, set_identifier: 'tertiary', alias: recovery })).toMatchObject({
      policy: 'fail',
    });
    expect(await checksOf({ ...routed, set_identifier: 'primary', alias: recovery })).toMatchObject({ policy: 'pass' });
    expect(await checksOf({ ...record, set_identifier: 'primary', alias: recovery })).toMatchObject({ policy: 'fail' });
  });

  it('keeps the policy and the health check of a routed record', async () => {
    const input = {
      ...record,
      name: 'api.dr.example.com',
      set_identifier: 'primary',
      alias: recovery,
      to: 'us-west-2',
    };
    const { captured, receipt } = await write(input);
    await ground.clock.sleep(600_000);
    const act = ground.action('route53.upsert-record');
    expect(await act.observe(input, receipt, ground.ctx())).toMatchObject({
      state: 'done',
      output: { region: 'us-west-2' },
    });
    const back = act.restore(input, captured);
    expect(back).toMatchObject({
      set_identifier: 'primary',
      to: 'us-east-1',
      alias: { dns_name: 'prod-alb.us-east-1.elb.amazonaws.com' },
    });
    await write(back ?? {});
    await ground.clock.sleep(600_000);
    expect((await act.plan(back ?? {}, ground.ctx())).noChange).toBe(true);
  });

  it('waits for Route 53 first and for the caches then', async () => {
    const first = { ...record, values: ['192.0.2.1'], ttl: 300 };
    await write(first);
    await ground.clock.sleep(600_000);
    const second = { ...record, values: ['192.0.2.2'], ttl: 60 };
    const { receipt } = await write(second);
    const act = ground.action('route53.upsert-record');
    expect(await act.observe(second, receipt, ground.ctx())).toMatchObject({
      state: 'working',
      progress: 'change is PENDING',
    });
    await ground.clock.sleep(200_000);
    expect(await act.observe(second, receipt, ground.ctx())).toMatchObject({
      state: 'working',
      progress: expect.stringContaining('100 s'),
    });
    await ground.clock.sleep(100_000);
    expect(await act.observe(second, receipt, ground.ctx())).toMatchObject({
      state: 'done',
      output: { answered: ['192.0.2.2'] },
    });
  });

  it('removes what was not there before', async () => {
    const input = { ...record, alias: recovery };
    const { captured } = await write(input);
    const act = ground.action('route53.upsert-record');
    const back = act.restore(input, captured);
    expect(back).toEqual({ ...record, absent: true });
    await write({ ...record, absent: true });
    expect((await act.plan({ ...record, absent: true }, ground.ctx())).noChange).toBe(true);
    expect((await act.plan(input, ground.ctx())).before.value).toBe('no record');
  });
});

describe('route53.switch-standby', () => {
  const input = {
    region: 'us-west-2',
    bucket: 'acme-dr-switch-us-west-2',
    key: 'serve-from-us-west-2',
    present: true,
    name: 'api.dr.example.com',
    target: 'dr-alb.us-west-2.elb.amazonaws.com',
    to: 'us-west-2',
  };

  it('works, and is seen to work, with the other Region dark', async () => {
    ground.world.setFault({ kind: 'region-dark', region: 'us-east-1' });
    const act = ground.action('route53.switch-standby');
    const plan = await act.plan(input, ground.ctx({ purpose: 'plan' }));
    expect(plan.checks.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass', 'pass']);
    const receipt = await act.apply(input, 'token', await act.capture(input, ground.ctx()), ground.ctx());
    expect(await act.observe(input, receipt, ground.ctx())).toMatchObject({
      state: 'working',
      progress: expect.stringContaining('203.0.113.10'),
    });
    await ground.clock.sleep(600_000);
    expect(await act.observe(input, receipt, ground.ctx())).toEqual({
      state: 'done',
      output: { region: 'us-west-2', answered: ['198.51.100.20', '198.51.100.21'] },
    });
  });

  it('does not undo what it cannot see undone', () => {
    const captured = { at: '2026-03-01T12:00:00Z', present: false, answered: [], active: 'us-east-1' };
    expect(() => ground.action('route53.switch-standby').restore(input, captured)).toThrow(
      /cannot be put back by itself/,
    );
  });
});

it('knows which zone a load balancer of each kind is in', () => {
  expect(aliasZoneOf('dualstack.a-1.eu-west-1.elb.amazonaws.com.')).toBe('Z32O12XQLNTSW2');
  expect(aliasZoneOf('a-1.elb.us-west-2.amazonaws.com')).toBe('Z18D5FSROUN65G');
  expect(aliasZoneOf('d111.cloudfront.net')).toBe('Z2FDTNDATAQYW2');
  expect(aliasZoneOf('www.example.com')).toBeUndefined();
});
