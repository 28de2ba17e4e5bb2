import { describe, expect, it } from '@jest/globals';
import type { FaultInput } from '../../src/sim/index.ts';
import { falsehoods, useFailovers } from './support/false-success/sweep.ts';
import type { Moment } from './support/false-success/try-failover.ts';

const database = { region: 'us-west-2', instance: 'dr-database' };
const service = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service' };
const targetGroup = 'arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/dr-tg/2222222222222222';
const targets = { region: 'us-west-2', targetGroup };

/** Troubles of the cloud itself, and the step that is seen to have come short by each. */
const troubles: [string, FaultInput, string][] = [
  ['the promotion fails', { kind: 'promotion-fails', ...database }, 'promote'],
  [
    'the promotion wants parameters',
    { kind: 'promotion-fails', ...database, status: 'incompatible-parameters' },
    'promote',
  ],
  ['the promotion never ends', { kind: 'promotion-never-ends', ...database }, 'promote'],
  ['no task starts', { kind: 'tasks-do-not-start', ...service }, 'scale'],
  ['too few tasks start', { kind: 'tasks-do-not-start', ...service, short: 8 }, 'scale'],
  ['targets are unhealthy', { kind: 'targets-unhealthy', ...targets }, 'healthy'],
];

describe('a failover in a cloud in trouble', () => {
  // Which step it stops at is looked at, and none is to time out because the machine is busy.
  const failovers = useFailovers(400);

  describe.each<Moment>(['before planning', 'after approval'])('%s', (moment) => {
    it.each(troubles)('%s: it stops at that step, and says so', async (_what, fault, step) => {
      const came = await failovers.attempt({ faults: [fault], moment });
      expect(falsehoods(came)).toEqual([]);
      expect(came.run?.run).toMatchObject({ status: 'paused', outcome: null, note: expect.stringMatching(step) });
    });
  });

  it.each<[string, FaultInput]>([
    ['the replica is far behind', { kind: 'replica-lag', ...database, seconds: 7_200 }],
    ['the replica follows nothing', { kind: 'replication-broken', ...database }],
    ['the replica is being changed', { kind: 'database-status', ...database, status: 'modifying' }],
  ])('%s: a graceful failover is refused with the reason', async (_what, fault) => {
    const minutes = 20;
    const trouble = { faults: [fault], moment: 'before planning', sinceMs: minutes * 60_000 } as const;
    const came = await failovers.attempt({ ...trouble, modes: ['graceful'] });
    expect(came).toMatchObject({ verdict: 'blocked', run: null });
    expect(came.problems.map(({ check }) => check)).toContainEqual(expect.stringMatching(/^(replica|promote)\//));
  });

  it.each<[string, FaultInput]>([
    ['the replica falls far behind', { kind: 'replica-lag', ...database, seconds: 7_200 }],
    ['the replica stops following', { kind: 'replication-broken', ...database }],
  ])('%s between approval and the run: it never succeeds by what was approved alone', async (_what, fault) => {
    const came = await failovers.attempt({ faults: [fault], moment: 'after approval' });
    expect(falsehoods(came)).toEqual([]);
  });

  it('the replica was far behind when it began: it succeeds only ungracefully, and names that', async () => {
    const fault = { kind: 'replica-lag', ...database, seconds: 7_200 } as const;
    const came = await failovers.attempt({ faults: [fault], moment: 'before planning', beforeImpactMs: 20 * 60_000 });
    expect(falsehoods(came)).toEqual([]);
    expect(came).toMatchObject({ mode: 'ungraceful', run: { run: { outcome: 'succeeded-with-exceptions' } } });
    expect(came.run?.run.exceptions).toContainEqual(
      expect.stringMatching(/“replication lag” did not pass .* accepted that by going ungraceful/),
    );
  });

  it('the old Region is dark: refused gracefully, and otherwise it succeeds but for the fence, by name', async () => {
    const dark = {
      faults: [{ kind: 'region-dark', region: 'us-east-1' }],
      moment: 'before planning',
      sinceMs: 20 * 60_000,
    } as const;
    expect(await failovers.attempt({ ...dark, modes: ['graceful'] })).toMatchObject({ verdict: 'blocked', run: null });
    const came = await failovers.attempt(dark);
    expect(falsehoods(came)).toEqual([]);
    expect(came).toMatchObject({ mode: 'ungraceful', run: { run: { outcome: 'succeeded-with-exceptions' } } });
    expect(came.run?.run.exceptions).toContainEqual(expect.stringMatching(/^fence deferred/));
  });

  it('the old Region goes dark once everybody has consented: it pauses at the fence', async () => {
    const came = await failovers.attempt({
      faults: [{ kind: 'region-dark', region: 'us-east-1' }],
      moment: 'after approval',
    });
    expect(falsehoods(came)).toEqual([]);
    expect(came.run?.run).toMatchObject({ status: 'paused', note: expect.stringMatching(/fence/) });
  });

  it('what a step needs is gone once everybody has consented: it pauses there, and names what is gone', async () => {
    const bucket = 'acme-dr-switch-us-west-2';
    const came = await failovers.attempt({ faults: [{ kind: 'bucket-lost', bucket }], moment: 'after approval' });
    expect(falsehoods(came)).toEqual([]);
    expect(came.run?.run).toMatchObject({ status: 'paused', outcome: null, note: expect.stringMatching(/traffic/) });
    expect(came.run?.steps.find(({ id }) => id === 'traffic')?.note).toContain(bucket);
  });

  it('the Region to recover in is dark: refused in every mode', async () => {
    const came = await failovers.attempt({
      faults: [{ kind: 'region-dark', region: 'us-west-2' }],
      moment: 'before planning',
    });
    expect(came).toMatchObject({ verdict: 'blocked', run: null });
  });
});
