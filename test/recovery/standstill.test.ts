import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import type { RunView } from '../../src/domain/views.ts';
import { people, type SimulatedMuster, startSimulatedMuster, until } from '../support/simulated-muster.ts';

const { ana, ben, dov } = people;

describe('a failover that stops between the fence and the promotion', () => {
  let muster: SimulatedMuster;
  let incident: Incident;
  beforeEach(async () => {
    muster = await startSimulatedMuster();
    const about = { title: 'us-east-1 is failing', severity: 'P1', services: ['api'], requestKey: 'k' };
    incident = await muster.incidents.declare({ ...about, impactBeganAt: muster.clock.now() }, ana);
  });
  afterEach(() => muster.close());

  async function start(command: string, inputs: Record<string, string> = {}): Promise<void> {
    const { plan, problems } = await muster.recovery.plan({ incidentId: incident.id, command, inputs }, ana);
    expect(problems).toEqual([]);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: plan.phrase ?? '', accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
  }

  const runThat = (is: (run: RunView) => boolean, what: string): Promise<RunView> =>
    until(async () => {
      const run = await muster.recovery.currentRun(incident.id);
      return run && is(run) ? run : null;
    }, what);
  const paused = () => runThat(({ run }) => run.status === 'paused', 'the run to pause');
  const ended = () => runThat(({ run }) => run.status === 'ended', 'the run to end');
  const promoteOf = (run: RunView) => run.steps.find(({ id }) => id === 'promote');
  const standstill = async () => (await muster.incidents.view(incident.id)).standstill;

  /** The last words in the incident's channel that hold this; a mail to be sent by hand, due at some time, is none of them. */
  const lastSaid = async (words: string): Promise<string> => {
    const rows = await muster.store.tx((tx) =>
      tx.query<{ text: string }>(
        `select document->'notice'->>'text' as text from outbox where document->'notice'->>'text' like $1
           and document->'notice'->>'text' not like '%by hand.%To:%' order by id`,
        [`%${words}%`],
      ),
    );
    return rows.at(-1)?.text ?? '';
  };

  it('after the promotion failed: says that nobody takes writes, what is not known, and which way leads out', async () => {
    muster.world.setFault({ kind: 'promotion-fails', region: 'us-west-2', instance: 'dr-database' });
    await start('failover');
    const first = await paused();
    expect(promoteOf(first)).toMatchObject({ status: 'failed', effectSent: true });
    expect(first.standstill).toContain('/dr retry promote');
    expect(await lastSaid('is paused')).toMatch(/Nobody is known to take writes.*us-east-1 is still the active Region/);
    expect(await standstill()).toBe(true);

    await muster.recovery.retry({ runId: first.run.id, step: 'promote' }, ana);
    const again = await runThat(
      ({ run, steps }) => run.status === 'paused' && steps.some((s) => s.attempt === 2),
      'the retry to pause again',
    );
    expect(promoteOf(again)).toMatchObject({
      status: 'failed',
      note: expect.stringMatching(/Found: DB instance .* is failed/),
    });

    await muster.recovery.abort({ runId: first.run.id }, ana);
    await ended();
    const said = await lastSaid('was aborted');
    expect(said).toContain('promote was sent and was not seen to be done');
    expect(said).not.toContain('seen to its end');
    expect(said).toContain('with /dr restart-service region=active, or by hand');
    const refused = muster.recovery.planUndo({ runId: first.run.id }, ana);
    await expect(refused).rejects.toThrow(/Nobody is known to take writes.*\/dr restart-service region=active/);
    await expect(refused).rejects.not.toThrow('new primary');

    await start('restart-service', { count: '10' });
    await until(async () => !(await standstill()), 'it to be known again who takes writes');
    const late = muster.recovery.planUndo({ runId: first.run.id }, ana);
    await expect(late).rejects.toThrow('failover cannot be undone: promote has been sent, and ');
    await expect(late).rejects.not.toThrow(/takes? writes:/);
  });

  it('before the promotion was sent: says that undo leads back, and it does', async () => {
    await start('failover');
    const isFencing = ({ steps }: RunView) => steps.some(({ id, status }) => id === 'fence' && status === 'running');
    const { run } = await runThat(isFencing, 'the fence');
    await muster.recovery.pause({ runId: run.id, reason: 'hold on' }, dov);
    const held = await runThat(({ steps }) => steps.every(({ status }) => status !== 'running'), 'all quiet');
    expect(held.standstill).toContain('Nobody takes writes:');
    expect(held.standstill).toContain('To get back: /dr abort, then /dr undo.');
    await muster.recovery.abort({ runId: run.id }, ana);
    expect((await ended()).standstill).toContain('To get back: /dr undo.');
    expect(await lastSaid('was aborted')).toMatch(
      /was seen to its end\..*\n.*Nobody takes writes.*To get back: \/dr undo\./,
    );
    const { plan } = await muster.recovery.planUndo({ runId: run.id }, ana);
    const consent = await muster.recovery.request({ planId: plan.id, phrase: 'UNDO', accept: {} }, ana);
    await muster.recovery.approve({ code: consent.code, incidentId: incident.id }, ben);
    await runThat(({ run }) => run.outcome === 'undone', 'the undo');
    expect(await standstill()).toBe(false);
  });
});
