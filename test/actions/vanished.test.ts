import { afterEach, describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import type { FaultInput } from '../../src/sim/index.ts';
import { effects } from './cases.ts';
import { type Ground, makeGround, watch } from './ground.ts';

interface Gone {
  action: string;
  input: JsonObject;
  fault: FaultInput;
  /** How people know what is gone. */
  named: RegExp;
  /** Found at the first look: its state is `failed`, and the run does not wait for what will not come. */
  atOnce: boolean;
}

const service = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service' };
const record = { zone_id: 'Z0ACME', name: 'www.dr.example.com', type: 'A' };
const gone: Gone[] = [
  {
    action: 'rds.promote-read-replica',
    input: { region: 'us-west-2', instance: 'dr-database', backup_retention_days: 7 },
    fault: { kind: 'database-lost', region: 'us-west-2', instance: 'dr-database' },
    named: /There is no DB instance dr-database in us-west-2/,
    atOnce: true,
  },
  {
    action: 'ecs.scale-service',
    input: { ...service, count: 4 },
    fault: { kind: 'service-lost', ...service },
    named: /There is no ECS service dr-cluster\/app-service in us-west-2/,
    atOnce: true,
  },
  {
    action: 'route53.upsert-record',
    input: inputOf('route53.upsert-record'),
    fault: { kind: 'record-lost', zone: record.zone_id, name: record.name, type: record.type },
    named: /www\.dr\.example\.com/,
    atOnce: false,
  },
];

const grounds: Ground[] = [];
afterEach(() => {
  for (const ground of grounds.splice(0)) ground.close();
});

async function made(): Promise<Ground> {
  const ground = await makeGround();
  grounds.push(ground);
  return ground;
}

function inputOf(action: string): JsonObject {
  return effects.find((one) => one.action === action)?.input ?? {};
}

describe.each(gone)('$action, of what is deleted', ({ action, input, fault, named, atOnce }) => {
  it('after its effect: is never done, and says what is not there', async () => {
    const ground = await made();
    const act = ground.action(action);
    const captured = await act.capture(input, ground.ctx());
    const receipt = await act.apply(input, 'token', captured, ground.ctx());
    ground.world.setFault(fault);
    const seen = await watch(act, input, receipt, ground, 40);
    expect(seen.map(({ state }) => state)).not.toContain('done');
    expect(JSON.stringify(seen.at(-1))).toMatch(named);
    if (atOnce) expect(seen).toEqual([expect.objectContaining({ state: 'failed', cause: 'not-found' })]);
  });
});

describe.each(gone.filter(({ atOnce }) => atOnce))('$action, of what is deleted', ({ action, input, fault, named }) => {
  it('between its plan and its turn: a check fails and names it', async () => {
    const ground = await made();
    const act = ground.action(action);
    await act.plan(input, ground.ctx());
    ground.world.setFault(fault);
    const { checks, noChange } = await act.plan(input, ground.ctx());
    expect(noChange).toBe(false);
    const failed = checks.filter(({ verdict }) => verdict === 'fail');
    expect(failed).toContainEqual(expect.objectContaining({ found: expect.stringMatching(named), cause: 'not-found' }));
  });
});
