import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startRecoveryFeed } from '../../sandbox/recovery-feed.ts';
import type { RecoveryNews } from '../../sandbox/recovery-news.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben } = people;

describe('what the page is told of a recovery', () => {
  let muster: SimulatedMuster;
  let feed: ReturnType<typeof startRecoveryFeed>;
  let told: (RecoveryNews | null)[];
  let errors: unknown[];

  beforeEach(async () => {
    muster = await startSimulatedMuster();
    told = [];
    errors = [];
    const send = ({ recovery }: { recovery: RecoveryNews | null }) => told.push(recovery);
    feed = startRecoveryFeed({ muster, send, onError: (error) => errors.push(error), everyMs: 20 });
  });
  afterEach(async () => {
    await feed.stop();
    await muster.close();
    expect(errors).toEqual([]);
  });

  const declare = (title: string) => {
    const impactBeganAt = muster.clock.now();
    return muster.incidents.declare(
      { title, severity: 'P1', services: ['api'], impactBeganAt, requestKey: title },
      ana,
    );
  };
  const toldOf = (is: (news: RecoveryNews) => boolean, what: string) => {
    const look = async () => {
      const news = told.at(-1);
      return news && is(news) ? news : null;
    };
    return until(look, what, 120);
  };
  const ask = async (incidentId: number) => {
    const { plan } = await muster.recovery.plan({ incidentId, command: 'failover', inputs: {} }, ana);
    return muster.recovery.request({ planId: plan.id, phrase: 'FAILOVER', accept: {} }, ana);
  };

  it('says that there is nothing, once, and nothing more while nothing happens', async () => {
    await until(async () => told.length > 0, 'the first news');
    await muster.clock.sleep(300_000);
    expect(told).toEqual([null]);
  });

  it('follows an incident from its declaration over the question to the end of its run', async () => {
    const { id } = await declare('Checkout fails');
    const declared = await toldOf(({ incident }) => incident.incident.title === 'Checkout fails', 'the incident');
    expect(declared).toMatchObject({ run: null, consents: [], answered: [], attempts: [] });

    const consent = await ask(id);
    const asked = await toldOf(({ consents }) => consents.length > 0, 'the question');
    expect(asked.consents).toMatchObject([{ code: consent.code, requestedBy: 'ana', needed: 1, state: 'pending' }]);
    expect(asked.incident.asked).toMatchObject([{ code: consent.code, missing: 1, of: ['ben'] }]);

    await muster.recovery.approve({ code: consent.code, incidentId: id }, ben);
    const ended = await toldOf(({ run }) => run?.run.status === 'ended', 'the end');
    expect(ended.run?.run.outcome).toBe('succeeded');
    expect(ended.consents).toEqual([]);
    expect(ended.answered).toMatchObject([
      { code: consent.code, amendment: null, state: 'granted', approvals: [{ by: 'ben' }], brokenGlass: null },
    ]);
    const [answered] = ended.answered;
    expect([answered?.requestedAt, answered?.endedAt, ended.run?.run.startedAt]).toEqual(
      [answered?.requestedAt, answered?.endedAt, ended.run?.run.startedAt].toSorted(),
    );
    const settled = ended.attempts.map(({ step, attempt, status }) => `${step} ${attempt} ${status}`);
    expect(settled.toSorted()).toEqual(
      (ended.run?.steps ?? []).map((step) => `${step.id} ${step.attempt} ${step.status}`).toSorted(),
    );
    const steps = told.flatMap((news) => news?.run?.steps ?? []);
    expect(steps.some(({ status }) => status === 'running')).toBe(true);
  });

  it('tells when a step that had failed began again', async () => {
    const fault = muster.world.setFault({ kind: 'promotion-fails', region: 'us-west-2', instance: 'dr-database' });
    const { id } = await declare('Checkout fails');
    await muster.recovery.approve({ code: (await ask(id)).code, incidentId: id }, ben);
    const paused = await toldOf(({ run }) => run?.run.status === 'paused', 'the failure');
    const failed = paused.attempts.find(({ step }) => step === 'promote');
    expect(failed).toMatchObject({ attempt: 1, status: 'failed', againAt: null });
    muster.world.clearFault(fault);
    await muster.recovery.retry({ runId: paused.run?.run.id ?? '', step: 'promote' }, ana);
    const again = await toldOf(
      ({ attempts }) => attempts.some(({ step, againAt }) => step === 'promote' && againAt !== null),
      'the retry',
    );
    const { at = '', againAt = '' } = again.attempts.find(({ step }) => step === 'promote') ?? {};
    expect(Date.parse(againAt ?? '')).toBeGreaterThanOrEqual(Date.parse(at));
  });

  it('tells what a running step says of itself', async () => {
    const { id } = await declare('Checkout fails');
    await muster.recovery.approve({ code: (await ask(id)).code, incidentId: id }, ben);
    await toldOf(({ run }) => Object.keys(run?.progress ?? {}).length > 0, 'progress');
  });

  it('shows the newest that is not closed, and the newest at all once every one is', async () => {
    const old = await declare('Old');
    const young = await declare('Young');
    await toldOf(({ incident }) => incident.incident.id === young.id, 'the younger');
    for (const { id } of [young, old]) {
      await muster.incidents.resolve({ incidentId: id }, ana);
      await muster.incidents.close({ incidentId: id }, ana);
      const shown = id === young.id ? old.id : young.id;
      await toldOf(({ incident }) => incident.incident.id === shown, `INC-${shown} when INC-${id} is closed`);
    }
  });
});
