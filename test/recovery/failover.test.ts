import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import { verifyStored } from '../../src/reports/audit.ts';
import { watchPermissions } from '../support/permissions.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

describe('a failover on the simulated cloud', () => {
  let muster: SimulatedMuster;
  let incident: Incident;
  const permissions = watchPermissions();

  beforeAll(async () => {
    muster = await startSimulatedMuster({ onSend: permissions.heard });
    permissions.begin('failover');
    incident = await muster.incidents.declare(
      {
        title: 'us-east-1 is failing',
        severity: 'P1',
        services: ['api'],
        impactBeganAt: muster.clock.now(),
        requestKey: 'k1',
      },
      ana,
    );
  });
  afterAll(() => muster.close());

  it('goes from the plan to observed recovery, and nothing is told as done that was not seen', async () => {
    const { recovery } = muster;
    const { plan, verdict, problems } = await recovery.plan(
      { incidentId: incident.id, command: 'failover', inputs: {} },
      ana,
    );
    expect(problems).toEqual([]);
    expect(verdict).toBe('ready');
    const consent = await recovery.request({ planId: plan.id, phrase: ' FAILOVER ', accept: {} }, ana);
    expect(consent.state).toBe('pending');
    await recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    const run = await until(async () => {
      const view = await recovery.currentRun(incident.id);
      return view?.run.status === 'ended' || view?.run.status === 'paused' ? view : null;
    }, 'the end of the run');
    // What a step has read stands beside it.
    const reading = ['replica', 'writable', 'healthy', 'serving'];
    expect(run.steps.map(({ id, status, note }) => ({ id, status, note }))).toEqual(
      ['replica', 'scale', 'fence', 'promote', 'writable', 'healthy', 'traffic', 'serving'].map((id) => ({
        id,
        status: 'done',
        note: reading.includes(id) ? expect.any(String) : null,
      })),
    );
    expect(run.run.outcome).toBe('succeeded');
    expect(muster.world.audit().writersOverlapMs).toBe(0);
    expect(muster.world.audit().effects.filter((effect) => effect.command === 'PromoteReadReplica')).toHaveLength(1);
  });

  it('is allowed what it asks for, and hardly more', () => {
    expect(permissions.beyond('failover', muster.commands)).toEqual([]);
    expect(permissions.unasked(muster.commands.filter(({ name }) => name === 'failover'))).toEqual([
      // To undo the switch, and of an account that has never asked for another quota.
      's3:DeleteObject',
      'servicequotas:GetAWSDefaultServiceQuota',
    ]);
  });

  it('measures recovery at resolve, and its audit chain is whole', async () => {
    const { recovery: measured } = await muster.incidents.resolve({ incidentId: incident.id }, ana);
    expect(measured.rtoMs).toBeGreaterThan(60_000);
    expect(measured.rpoMs).not.toBeNull();
    expect((await verifyStored(muster.store)).ok).toBe(true);
  });
});
