import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunView } from '../../src/domain/views.ts';
import type { FaultInput } from '../../src/sim/index.ts';
import { runLines } from '../../src/slack/presenters/run.ts';
import { createManyWorlds, type ManyWorlds } from '../laws/support/false-success/many-worlds.ts';
import { type Came, tryFailover } from '../laws/support/false-success/try-failover.ts';
import { type SimulatedMuster, startSimulatedMuster } from '../support/simulated-muster.ts';

const standby = 'us-west-2';
const database = { region: standby, instance: 'dr-database' };
const service = { region: standby, cluster: 'dr-cluster', service: 'app-service' };
const call = (fails: 'throttling' | 'error' | 'timeout' | 'expired-credentials' | 'access-denied', command: string) =>
  ({ kind: 'call', fails, command }) as const;

/** A look that is under way when a step's time is over is waited for; real milliseconds. */
const lookMs = 20_000;

interface Told {
  step: string;
  status: 'failed' | 'unknown';
  /** What people read, part by part. */
  thing: string;
  expected: RegExp;
  found: RegExp;
  next: RegExp;
}

const app = 'ecs:dr-cluster/app-service in us-west-2';
const replica = 'rds:dr-database in us-west-2';
const gate = 's3:acme-dr-switch-us-west-2/serve-from-us-west-2 in us-west-2';
const readReplica = /^rds\.check-replica \(.*instance dr-database.*\)$/.source;

const troubles: [string, FaultInput, Told][] = [
  [
    'a reading is throttled',
    { kind: 'call', fails: 'throttling', service: 'ecs', region: standby },
    {
      ...{ step: 'scale', status: 'unknown', thing: app, expected: /“service answers” \(an answer\)/ },
      ...{ found: /app-service in us-west-2: AWS throttled the request$/, next: /^AWS limits.*wait.*retry scale\.$/ },
    },
  ],
  [
    'an effect is throttled',
    call('throttling', 'PromoteReadReplica'),
    {
      ...{ step: 'promote', status: 'failed', thing: replica, expected: /role standalone.* within 30m$/ },
      ...{ found: /^Promotion of .*dr-database.* was not confirmed: AWS throttled/, next: /wait.*retry promote\.$/ },
    },
  ],
  [
    'AWS fails inside',
    { kind: 'call', fails: 'error', service: 'ecs', region: standby },
    {
      ...{ step: 'scale', status: 'unknown', thing: app, expected: /“service answers” \(an answer\)/ },
      ...{ found: /app-service.*: AWS failed with 500/, next: /AWS Health.*retry scale once it answers\.$/ },
    },
  ],
  [
    'an effect has no answer',
    call('timeout', 'PutObject'),
    {
      ...{ step: 'traffic', status: 'failed', thing: gate, expected: /to us-west-2.* within 10m$/ },
      ...{ found: /was not confirmed: it did not answer in time$/, next: /AWS Health.*retry traffic once/ },
    },
  ],
  [
    'the old Region is dark',
    { kind: 'region-dark', region: 'us-east-1' },
    {
      ...{
        step: 'fence',
        status: 'unknown',
        thing: 'ecs:prod-cluster/app-service in us-east-1',
        expected: /an answer/,
      },
      ...{ found: /did not answer in time$/, next: /retry fence once it answers, or defer the fence\.$/ },
    },
  ],
  [
    'the Region to recover in is dark',
    { kind: 'region-dark', region: standby },
    {
      ...{ step: 'scale', status: 'unknown', thing: app, expected: /an answer/ },
      ...{ found: /did not answer in time$/, next: /retry scale once it answers\.$/ },
    },
  ],
  [
    'the credentials have expired',
    { kind: 'call', fails: 'expired-credentials', service: 'rds', region: standby },
    {
      ...{ step: 'replica', status: 'unknown', thing: readReplica, expected: /within 2m$/ },
      ...{
        found: /credentials that Muster has have expired \(ExpiredToken\)/,
        next: /^renew the AWS credentials.*retry/,
      },
    },
  ],
  [
    'the credentials expire before an effect',
    call('expired-credentials', 'PutObject'),
    {
      ...{ step: 'traffic', status: 'failed', thing: gate, expected: /to us-west-2/ },
      ...{ found: /credentials that Muster has have expired \(ExpiredToken\)/, next: /^renew.*retry traffic\.$/ },
    },
  ],
  [
    'Muster may not do it',
    call('access-denied', 'PromoteReadReplica'),
    {
      ...{ step: 'promote', status: 'failed', thing: replica, expected: /role standalone/ },
      ...{ found: /access was denied \(AccessDenied\)/, next: /^give Muster the right.*iam-policy.*retry promote\.$/ },
    },
  ],
  [
    'the database is gone',
    { kind: 'database-lost', ...database },
    {
      ...{ step: 'replica', status: 'failed', thing: readReplica, expected: /within 2m$/ },
      ...{
        found: /^There is no DB instance dr-database in us-west-2$/,
        next: /^find out who deleted it.*retry replica/,
      },
    },
  ],
  [
    'the service is gone',
    { kind: 'service-lost', ...service },
    {
      ...{ step: 'scale', status: 'failed', thing: app, expected: /an answer/ },
      ...{ found: /^There is no ECS service dr-cluster\/app-service in us-west-2$/, next: /^find out who deleted it/ },
    },
  ],
  [
    'the bucket is gone',
    { kind: 'bucket-lost', bucket: 'acme-dr-switch-us-west-2' },
    {
      ...{ step: 'traffic', status: 'failed', thing: gate, expected: /an answer/ },
      ...{ found: /^There is no bucket acme-dr-switch-us-west-2 in us-west-2$/, next: /^find out who deleted it/ },
    },
  ],
];

describe('a failover that AWS troubles', () => {
  let muster: SimulatedMuster;
  let worlds: ManyWorlds;
  beforeAll(async () => {
    muster = await startSimulatedMuster({
      leaps: true,
      env: { MUSTER_LOG_LEVEL: 'error' },
      createWorld: (clock) => {
        worlds = createManyWorlds(clock);
        return worlds.world;
      },
    });
  });
  afterAll(() => muster.close());

  const attempt = (fault: FaultInput): Promise<Came> =>
    tryFailover(muster, worlds, { faults: [fault], moment: 'after approval' });

  async function saidInChannel(): Promise<string[]> {
    const rows = await muster.store.tx((tx) =>
      tx.query<{ text: string }>(
        `select document->'notice'->>'text' as text from outbox where document->'notice'->>'text' is not null`,
      ),
    );
    return rows.map(({ text }) => text);
  }

  it.each(troubles)('where %s: a state to act on within its time, in four parts', async (_what, fault, told) => {
    const { run } = await attempt(fault);
    const { note, ...step } = troubled(run);
    expect(step).toMatchObject({ id: told.step, status: told.status, isInTime: true });
    const [, thing, expected, found, next] = /^(.+?): expected (.+)\. Found: (.+)\. Next: (.+)$/.exec(note) ?? [];
    expect(thing).toMatch(told.thing.startsWith('^') ? new RegExp(told.thing) : plainly(told.thing));
    expect(expected).toMatch(told.expected);
    expect(found).toMatch(told.found);
    expect(next).toMatch(told.next);
    const paused = `${told.step} ${told.status}: ${note}`;
    expect(run?.run).toMatchObject({ status: 'paused', outcome: null, note: paused });
    expect(await saidInChannel()).toContainEqual(expect.stringContaining(paused));
    if (!run) throw new Error('expected a run');
    expect(runLines(run, muster.home).join('\n')).toContain(`Next: ${next}`);
  });

  it.each(['PromoteReadReplica', 'UpdateService', 'PutObject'])(
    'where the answer to %s is lost after its effect: it is seen, and not sent twice',
    async (command) => {
      const { run } = await attempt({ kind: 'call', fails: 'lost-answer', command });
      expect(run?.run).toMatchObject({ status: 'ended', outcome: 'succeeded' });
      const effects = worlds.world.audit().effects.filter((effect) => effect.command === 'PromoteReadReplica');
      expect(effects.filter(({ accepted }) => accepted)).toHaveLength(1);
    },
  );
});

function plainly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.()]/g, '\\$&')}$`);
}

/** The step that stopped short, and whether it did within its time. */
function troubled(run: RunView | null): { id: string; status: string; note: string; isInTime: boolean } {
  const step = run?.steps.find(({ status }) => status === 'failed' || status === 'unknown');
  const planned = run?.plan.steps.find(({ id }) => id === step?.id);
  if (!step?.startedAt || !step.endedAt || !planned) throw new Error('expected a step that stopped short');
  const took = Date.parse(step.endedAt) - Date.parse(step.startedAt);
  const { id, status, note } = step;
  return { id, status, note: note ?? '', isInTime: took <= planned.timeoutMs + lookMs };
}
