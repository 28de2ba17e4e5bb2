import type { DBInstance } from '@aws-sdk/client-rds';
import type { ActionPlan, Check } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { endpointOf, readInstance, sourceOf, statusOf } from './instance.ts';
import { dataAtRisk, readLag } from './lag.ts';
import { promotedBy, promotedByRun, riskOfPromoted } from './promoted.ts';

interface Asked {
  region: string;
  instance: string;
  backup_retention_days?: number | undefined;
}

/** A promotion that any run brought about counts as done: another run may finish what that one began. */
export async function planPromotion(input: Asked, ctx: KitContext): Promise<ActionPlan> {
  const [instance, lag] = await Promise.all([readInstance(input, ctx), readLag(input, ctx)]);
  const by = instance.ok ? promotedByRun(instance.value) : undefined;
  return {
    target: { region: input.region, resource: `rds:${input.instance}` },
    before: stateBefore(input, instance),
    after: stateAfter(input),
    noChange: by !== undefined,
    checks: by !== undefined ? [] : [checkStatus(instance), checkRole(instance), checkEngine(instance)],
    estimateMs: 2 * usual.minutes,
    ...(by === ctx.owner ? {} : { dataAtRisk: by === undefined ? dataAtRisk(lag, ctx) : riskOfPromoted(by) }),
  };
}

function stateBefore(input: Asked, read: Reading<DBInstance>): JsonObject {
  if (!read.ok) return { instance: input.instance };
  const source = sourceOf(read.value);
  const by = source === null ? promotedBy(read.value) : undefined;
  return {
    instance: input.instance,
    role: source === null ? 'standalone' : 'replica',
    source,
    status: statusOf(read.value),
    endpoint: endpointOf(read.value),
    class: read.value.DBInstanceClass ?? null,
    ...(by === undefined ? {} : { promoted_by: by }),
  };
}

function stateAfter({ instance, backup_retention_days: days }: Asked): JsonObject {
  return { instance, role: 'standalone', source: null, status: 'available', backup_retention_days: days ?? 1 };
}

function checkStatus(read: Reading<DBInstance>): Check {
  const expected = 'status available: promotion is refused while it is backing up';
  const question: Question = { id: 'instance', title: 'can be promoted now', expected, carry: 'never' };
  return judgeReading(question, read, (instance) => ({
    pass: statusOf(instance) === 'available',
    found: `status ${statusOf(instance)}`,
  }));
}

function checkRole(read: Reading<DBInstance>): Check {
  const question: Question = {
    id: 'replica',
    title: 'is a read replica',
    expected: 'a replication source',
    carry: 'never',
  };
  return judgeReading(question, read, (instance) => {
    const source = sourceOf(instance);
    if (source !== null) return { pass: true, found: `source ${source}` };
    const by = promotedBy(instance);
    return { pass: false, found: `no source: it is standalone${by === undefined ? '' : `, promoted by ${by}`}` };
  });
}

function checkEngine(read: Reading<DBInstance>): Check {
  const question: Question = {
    id: 'engine',
    title: 'engine can be promoted alone',
    expected: 'not Aurora nor RDS Custom',
    carry: 'never',
  };
  return judgeReading(question, read, ({ Engine: engine = 'no engine named' }) => ({
    pass: !/^(aurora|custom-)/.test(engine),
    found: engine,
  }));
}
