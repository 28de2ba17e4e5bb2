import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';
import { devops, lead, productOwner } from './contractorlens-people.ts';

let muster: SimulatedMuster;
beforeEach(async () => {
  muster = await startSimulatedMuster({
    example: 'contractorlens',
    scale: 60,
    changeHome: (home) => ({ ...home, roles: { ...home.roles, responders: [lead.name], commanders: [lead.name] } }),
  });
});
afterEach(() => muster.close());

it('lets the person answer whom a checkpoint names, and nobody else who is no responder', async () => {
  const about = { title: 'Was it well?', severity: 'P3', services: ['api'], requestKey: 'k' };
  const incident = await muster.incidents.declare({ ...about, impactBeganAt: muster.clock.now() }, lead);
  const { plan } = await muster.recovery.plan({ incidentId: incident.id, command: 'review', inputs: {} }, lead);
  await muster.recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept: {} }, lead);
  const runId = (await until(() => muster.recovery.currentRun(incident.id), 'a run')).run.id;
  const step = async () => (await muster.recovery.readRun(runId)).steps.find(({ id }) => id === 'people');
  await until(async () => (await step())?.status === 'running' || null, 'the checkpoint to begin');
  const ask = { runId, step: 'people', done: true, note: '' };

  await expect(muster.recovery.answer(ask, productOwner)).rejects.toThrow('Only a responder or a commander');
  await muster.recovery.answer(ask, devops);
  const done = await until(async () => ((await step())?.status === 'done' ? step() : null), 'the checkpoint to end');
  expect(done?.output).toMatchObject({ answered_by: 'devops' });

  const called = await muster.store.tx((tx) =>
    tx.query<{ mention: string[] }>(
      "select document->'notice'->'mention' as mention from outbox where document->'notice'->>'text' like '%waits for a person at *people*%'",
      [],
    ),
  );
  expect(called[0]?.mention[0]).toBe('U0DEVOPS');
});
