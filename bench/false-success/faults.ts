import type { FaultInput } from '../../src/sim/index.ts';

/** One trouble, as each of the two ways to fail over meets it. */
export interface Trouble {
  name: string;
  script: FaultInput[];
  muster: FaultInput[];
  /** How long it lasts before people are hurt by it, in milliseconds of the world's clock. */
  beforeImpactMs?: number;
  /** How long it lasts from then until anybody begins. */
  sinceMs?: number;
}

const ways = ['error', 'timeout', 'access-denied', 'throttling', 'lost-answer', 'garbage'] as const;
type Call = { service: string; command: string; region?: string };

/** The calls that do the same in both. Muster moves traffic by an object in the standby Region, the script by a record. */
const calls: { name: string; script: Call; muster: Call }[] = [
  both('promotion', { service: 'rds', command: 'PromoteReadReplica', region: 'us-west-2' }),
  both('scaling', { service: 'ecs', command: 'UpdateService', region: 'us-west-2' }),
  {
    name: 'traffic change',
    script: { service: 'route53', command: 'ChangeResourceRecordSets' },
    muster: { service: 's3', command: 'PutObject' },
  },
  both('health reading', { service: 'http', command: 'get' }),
];

const database = { region: 'us-west-2', instance: 'dr-database' };
const service = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service' };
const targetGroup = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/dr-tg/2222222222222222';
const longSince = 20 * 60_000;

export const troubles: Trouble[] = [
  { name: 'nothing fails', script: [], muster: [] },
  ...calls.flatMap(({ name, script, muster }) =>
    ways.map((fails) => ({
      name: `${name}: ${fails}`,
      script: [{ kind: 'call' as const, fails, ...script }],
      muster: [{ kind: 'call' as const, fails, ...muster }],
    })),
  ),
  ofTheCloud('promotion fails', { kind: 'promotion-fails', ...database }),
  ofTheCloud('promotion never ends', { kind: 'promotion-never-ends', ...database }),
  ofTheCloud('no task starts', { kind: 'tasks-do-not-start', ...service }),
  ofTheCloud('targets stay unhealthy', { kind: 'targets-unhealthy', region: 'us-west-2', targetGroup }),
  ofTheCloud(
    'replica two hours behind',
    { kind: 'replica-lag', ...database, seconds: 7_200 },
    { beforeImpactMs: longSince },
  ),
  ofTheCloud('old Region dark', { kind: 'region-dark', region: 'us-east-1' }, { sinceMs: longSince }),
  ofTheCloud('standby Region dark', { kind: 'region-dark', region: 'us-west-2' }, { sinceMs: longSince }),
];

function both(name: string, call: Call): { name: string; script: Call; muster: Call } {
  return { name, script: call, muster: call };
}

function ofTheCloud(name: string, fault: FaultInput, lasts: Pick<Trouble, 'beforeImpactMs' | 'sinceMs'> = {}): Trouble {
  return { name, script: [fault], muster: [fault], ...lasts };
}
