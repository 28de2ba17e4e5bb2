import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { RunView } from '../../src/domain/views.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

describe('the same command, both ways', () => {
  let muster: SimulatedMuster;
  beforeAll(async () => {
    muster = await startSimulatedMuster();
  });
  afterAll(() => muster.close());

  const declare = (title: string, requestKey: string): Promise<Incident> =>
    muster.incidents.declare(
      { title, severity: 'P1', services: ['api'], impactBeganAt: muster.clock.now(), requestKey },
      ana,
    );

  async function failOver({ id: incidentId }: Incident): Promise<RunView> {
    const { plan, problems } = await muster.recovery.plan({ incidentId, command: 'failover', inputs: {} }, ana);
    expect(problems).toEqual([]);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId }, ben);
    return until(async () => {
      const run = await muster.recovery.currentRun(incidentId);
      return run && ['ended', 'paused'].includes(run.run.status) ? run : null;
    }, 'the run to end');
  }

  const call = async (command: string, region: string, input: Record<string, unknown>): Promise<void> => {
    const answer = await muster.world.call({ service: 'rds', command, region, input });
    expect(answer).toMatchObject({ ok: true });
  };
  const databaseIn = (region: string, id: string) =>
    muster.world
      .view()
      .regions.find((one) => one.region === region)
      ?.databases.find((database) => database.id === id);

  it('goes to the recovery Region, and the active Region follows', async () => {
    const incident = await declare('us-east-1 is failing', 'there');
    expect((await failOver(incident)).run.outcome).toBe('succeeded');
    const { active } = await muster.incidents.view(incident.id);
    expect(active).toEqual([{ service: 'api', region: 'us-west-2' }]);
    await muster.incidents.resolve({ incidentId: incident.id }, ana);
  });

  it('is refused while nothing replicates the other way', async () => {
    const incident = await declare('back too early', 'early');
    const made = await muster.recovery.plan({ incidentId: incident.id, command: 'failover', inputs: {} }, ana);
    expect(made.plan.regions).toMatchObject({ active: 'us-west-2', standby: 'us-east-1' });
    expect(made.verdict).toBe('blocked');
    await muster.incidents.resolve({ incidentId: incident.id }, ana);
  });

  it('comes back once the old Region has been re-protected', async () => {
    await call('ModifyDBInstance', 'us-east-1', {
      DBInstanceIdentifier: 'prod-database',
      NewDBInstanceIdentifier: 'prod-database-old',
      ApplyImmediately: true,
    });
    await until(async () => databaseIn('us-east-1', 'prod-database-old'), 'the old database to be renamed');
    await call('CreateDBInstanceReadReplica', 'us-east-1', {
      DBInstanceIdentifier: 'prod-database',
      SourceDBInstanceIdentifier: 'arn:aws:rds:us-west-2:123456789012:db:dr-database',
      VpcSecurityGroupIds: ['sg-0db'],
      KmsKeyId: 'alias/aws/rds',
    });
    await until(
      async () => databaseIn('us-east-1', 'prod-database')?.status === 'available',
      'the replica to be there',
    );
    await muster.clock.sleep(10 * 60_000);
    const incident = await declare('going home', 'home');
    expect((await failOver(incident)).run.outcome).toBe('succeeded');
    const { active } = await muster.incidents.view(incident.id);
    expect(active).toEqual([{ service: 'api', region: 'us-east-1' }]);
    expect(muster.world.view().traffic).toMatchObject([{ name: 'api.dr.example.com', region: 'us-east-1' }]);
  });
});
