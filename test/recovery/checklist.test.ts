import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ScaledClock } from '../../src/clock/scaled-clock.ts';
import type { Incident } from '../../src/domain/incident.ts';
import { verifyStored } from '../../src/reports/audit.ts';
import { type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';
import { devops, productOwner, support } from './contractorlens-people.ts';

describe('a checklist in a run', () => {
  let muster: SimulatedMuster;
  let incident: Incident;
  let runId: string;

  beforeEach(async () => {
    muster = await startSimulatedMuster({ example: 'contractorlens', scale: 60 });
    const about = { title: 'Was it well?', severity: 'P3', services: ['api'], requestKey: 'k' };
    incident = await muster.incidents.declare({ ...about, impactBeganAt: muster.clock.now() }, devops);
    const { plan } = await muster.recovery.plan({ incidentId: incident.id, command: 'review', inputs: {} }, devops);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept: {} }, devops);
    runId = consent.runId ?? (await current()).run.id;
    await until(async () => (await items()).length > 0, 'the checklist to begin');
  });
  afterEach(async () => {
    expect((await verifyStored(muster.store)).ok).toBe(true);
    await muster.close();
  });

  const current = () => until(() => muster.recovery.currentRun(incident.id), 'a run');
  const items = async () => (await muster.recovery.readChecklist({ runId, step: 'numbers' })).items;
  const stepNow = async () => (await muster.recovery.readRun(runId)).steps.find(({ id }) => id === 'numbers');
  const stepThat = (status: string) =>
    until(
      async () => {
        const step = await stepNow();
        return step?.status === status ? step : null;
      },
      `numbers to be ${status}`,
      90,
    );
  const answer = (answers: Record<string, 'done' | 'declined'>, by = devops, reason = '') => {
    const list = Object.entries(answers).map(([item, said]) => ({ item, answer: said }));
    return muster.recovery.answerItems({ runId, step: 'numbers', answers: list, reason }, by);
  };

  it('fails by its timeout with what is open by name, and a retry keeps what was answered', async () => {
    await answer({ rto: 'done', users: 'declined' }, devops, 'the counter was down');
    const clock = muster.clock as ScaledClock;
    clock.setScale(30_000);
    const failed = await stepThat('failed');
    clock.setScale(60);
    expect(failed.note).toBe('not answered by its timeout: rpo, availability, revenue, recovery, reputation');
    await expect(answer({ rpo: 'done' })).rejects.toThrow('it is not waiting for an answer');
    await muster.recovery.retry({ runId, step: 'numbers' }, devops);
    await stepThat('running');
    expect((await items()).filter((item) => item.answer !== null).map(({ id }) => id)).toEqual(['rto', 'users']);
    await answer({ rpo: 'done', availability: 'done', revenue: 'done', recovery: 'done', reputation: 'done' });
    expect(await stepThat('done')).toMatchObject({
      note: '6 of 7 ticked, by devops',
      output: { declined: [{ item: 'users', by: 'devops', reason: 'the counter was down' }] },
    });
  });

  it('keeps in the record what was noted beside a done', async () => {
    const done = () =>
      muster.recovery
        .answer({ runId, step: 'numbers', done: true, note: 'read on the board' }, devops)
        .catch(() => null);
    await until(done, 'an answer to be taken');
    expect(new Set((await items()).map(({ reason }) => reason))).toEqual(new Set(['read on the board']));
    const entries = await muster.incidents.timeline.list(incident.id, devops);
    expect(entries.map(({ text }) => text)).toContainEqual(
      expect.stringMatching(/^Ticked rto, .* of numbers.*read on the board/),
    );
  });

  it('takes all that is asked or nothing, and says why', async () => {
    await expect(answer({ rto: 'done', revenu: 'done' })).rejects.toThrow(
      'numbers has no item revenu: did you mean revenue?',
    );
    await expect(answer({ rto: 'done', users: 'declined' })).rejects.toThrow('Say why users cannot be done');
    await expect(answer({ rto: 'done' }, productOwner)).rejects.toThrow('Only a responder or a commander');
    await expect(answer({ users: 'done' }, support)).rejects.toThrow('Only a responder or a commander');
    expect((await items()).every((item) => item.answer === null)).toBe(true);
    await answer({ users: 'declined' }, productOwner, 'not counted yet');
    expect(await answer({ users: 'done' }, productOwner)).toContain('users ticked. 1 of 7 answered');
    await expect(answer({ users: 'declined' }, devops, 'no')).rejects.toThrow(
      'product-owner ticked users already: a tick stands',
    );
    expect(await answer({ users: 'done' })).toContain('users was answered by product-owner already');
  });

  it('lets people go when the run is aborted, and counts as nothing that was answered in full', async () => {
    await answer({ rto: 'done' });
    await muster.recovery.abort({ runId }, devops);
    expect((await stepThat('failed')).note).toContain('aborted by devops');
    const view = await muster.recovery.readChecklist({ runId, step: 'numbers' });
    expect(view.over).toContain('aborted by devops');
    expect((await muster.recovery.readRun(runId)).run.outcome).not.toBe('succeeded');
  });
});
