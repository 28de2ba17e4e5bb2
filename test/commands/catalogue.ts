import { z } from 'zod';
import type { ActionInfo, Catalogue } from '../../src/domain/action.ts';
import { Duration } from '../../src/domain/duration.ts';

type Facts = Pick<ActionInfo, 'name' | 'input' | 'output'> & Partial<ActionInfo>;

function action(facts: Facts): ActionInfo {
  return {
    version: 1,
    summary: facts.name,
    kind: 'read',
    risk: 'read',
    traffic: 'none',
    binds: [],
    iam: { read: [], effect: [] },
    plane: { kind: 'data' },
    undo: { possible: false, how: 'nothing to undo' },
    defaultTimeout: '10m',
    ...facts,
  };
}

const text = z.string().min(1);
const region = z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'expected an AWS Region such as us-east-1');

const actions = [
  action({
    name: 'rds.check-replica',
    input: z.strictObject({ region, instance: text, max_lag: Duration }),
    output: z.object({ lag_seconds: z.number(), read_at: z.string(), source: z.string() }),
  }),
  action({
    name: 'rds.promote-read-replica',
    kind: 'once',
    risk: 'irreversible',
    input: z.strictObject({ region, instance: text, backup_retention_days: z.int().min(0).max(35).optional() }),
    output: z.object({ endpoint: z.string(), promoted_at: z.string() }),
  }),
  action({
    name: 'ecs.scale-service',
    kind: 'converge',
    risk: 'reversible',
    input: z.strictObject({
      region,
      cluster: text,
      service: text,
      count: z.int().min(0).max(1000),
      minimum: z.int().min(0).optional(),
      hold_autoscaling: z.boolean().default(true),
    }),
    output: z.object({ running: z.int(), count: z.int() }),
  }),
  action({
    name: 'route53.switch-standby',
    kind: 'converge',
    risk: 'reversible',
    traffic: 'latching',
    input: z.strictObject({
      region,
      bucket: text,
      key: text,
      present: z.boolean(),
      name: text,
      target: text,
      to: region,
    }),
    output: z.object({ region: z.string(), answered: z.string() }),
  }),
  action({
    name: 'route53.upsert-record',
    kind: 'converge',
    risk: 'reversible',
    traffic: 'not-latching',
    input: z.strictObject({
      zone_id: text,
      name: text,
      type: z.enum(['A', 'CNAME']),
      alias: z
        .strictObject({ dns_name: text, zone_id: text, evaluate_target_health: z.boolean().default(true) })
        .optional(),
      values: z.array(text).optional(),
      ttl: z.int().optional(),
    }),
    output: z.object({ change_id: z.string() }),
  }),
  action({
    name: 'elb.check-targets',
    input: z.strictObject({ region, target_group: z.string().startsWith('arn:'), minimum: z.int().min(1) }),
    output: z.object({ healthy: z.int(), total: z.int() }),
  }),
  action({
    name: 'sql.assert',
    input: z.strictObject({
      connection: text,
      query: text,
      params: z.array(z.json()).optional(),
      expect: z.record(z.string(), z.json()),
    }),
    output: z.object({ row: z.record(z.string(), z.json()) }),
  }),
  action({
    name: 'http.check',
    input: z.strictObject({ url: z.url(), status: z.int().default(200), contains: z.string().optional() }),
    output: z.object({ status: z.int(), ms: z.number() }),
  }),
  action({
    name: 'manual.checkpoint',
    kind: 'human',
    input: z.strictObject({ instructions: text }),
    output: z.object({ answered_by: z.string(), note: z.string() }),
  }),
];

/** Actions with the fields that commands use, and no client behind them. */
export const catalogue: Catalogue = {
  get: (name) => actions.find((one) => one.name === name),
  list: () => actions,
};
