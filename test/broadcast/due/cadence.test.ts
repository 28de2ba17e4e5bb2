import { describe, expect, it } from '@jest/globals';
import { sendUpdate } from '../../../src/broadcast/due/send.ts';
import { updateRun } from '../../../src/store/runs.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana } from '../../support/town.ts';
import { minute, sentenceOf, useStreet } from './street.ts';

describe('words are due', () => {
  const street = useStreet(embeddedStores());
  const { pass, schedule, due } = street;

  it('at the second that severity and rule say, when nobody speaks', async () => {
    const incident = await street.declare();
    await pass(2 * 60 * minute);
    expect(await schedule(incident)).toEqual([
      '0:00:00 stakeholders automatic',
      '0:05:00 public holding',
      '0:30:00 responders automatic',
      '0:30:00 stakeholders automatic',
      '0:35:00 public holding',
      '1:00:00 responders automatic',
      '1:00:00 stakeholders automatic',
      '1:05:00 public holding',
      '1:30:00 responders automatic',
      '1:30:00 stakeholders automatic',
      '1:35:00 public holding',
      '2:00:00 responders automatic',
      '2:00:00 stakeholders automatic',
    ]);
    expect((await street.said(incident.id)).every((row) => row.state === 'delivered')).toBe(true);
  });

  it('to those who wait for a publisher, who is asked every ten minutes', async () => {
    const incident = await street.declare();
    await pass(26 * minute);
    const asked = await street.posts(incident, 'asked_');
    expect(asked.map((one) => one.at)).toEqual(['0:05:00', '0:15:00', '0:25:00']);
    expect(asked[0]?.document).toMatchObject({ notice: { mention: ['U0CAT'] } });
    expect(sentenceOf(asked[0]?.document ?? fail())).toContain('words to customers are due at');
    expect((await street.said(incident.id)).some((row) => row.audience === 'customers')).toBe(false);
  });

  it('after a draft of them, one for what is due soon together', async () => {
    const incident = await street.declare();
    await pass(40 * minute);
    const drafts = await street.posts(incident, `draft:${incident.id}:`);
    expect(drafts.map((one) => one.at)).toEqual(['0:03:20', '0:25:00']);
    const rounds = await street
      .store()
      .tx((tx) =>
        tx.query('select round, audiences, state from draft_round where incident_id = $1 order by 1', [incident.id]),
      );
    expect(rounds).toEqual([
      { round: 1, audiences: ['customers', 'public'], state: 'superseded' },
      { round: 2, audiences: ['responders', 'stakeholders', 'customers', 'public'], state: 'waiting' },
    ]);
  });

  it('one cadence after a person spoke, to those whom they told', async () => {
    const incident = await street.declare();
    await pass(12 * minute + 7_000);
    const ask = {
      incidentId: incident.id,
      audiences: ['stakeholders' as const],
      inside: 'We see it.',
      outside: '',
      page: null,
    };
    await sendUpdate(street.deps(), { ...ask, requestKey: 'form-cadence' }, ana);
    expect([await due(incident, 'stakeholders'), await due(incident, 'responders')]).toEqual(['0:42:07', '0:30:00']);
    await pass(30 * minute);
    expect((await schedule(incident)).filter((line) => line.includes('stakeholders'))).toEqual([
      '0:00:00 stakeholders automatic',
      '0:12:07 stakeholders person',
      '0:42:07 stakeholders automatic',
    ]);
  });

  it('less often once recovery runs, but not later than was promised', async () => {
    const incident = await street.declare();
    await pass(10 * minute);
    await street.startRun(incident.id);
    expect([
      await due(incident, 'stakeholders'),
      await due(incident, 'responders'),
      await due(incident, 'public'),
    ]).toEqual(['0:30:00', '2:00:00', '0:35:00']);
    await pass(3 * 60 * minute);
    expect(await schedule(incident)).toEqual([
      '0:00:00 stakeholders automatic',
      '0:05:00 public holding',
      '0:30:00 stakeholders automatic',
      '0:35:00 public holding',
      '2:00:00 responders automatic',
      '2:30:00 stakeholders automatic',
      '2:35:00 public holding',
    ]);
  });

  it('as often as before it began while a recovery is held, and once it has failed', async () => {
    const incident = await street.declare();
    await pass(10 * minute);
    const runId = await street.startRun(incident.id);
    await pass(45 * minute);
    expect([await due(incident, 'responders'), await due(incident, 'public')]).toEqual(['2:00:00', '2:35:00']);
    await street.store().tx(async (tx) => {
      await updateRun(tx, runId, { status: 'paused', note: 'promote failed' });
      await tx.tell({ kind: 'RunPaused', incidentId: incident.id, runId, why: 'promote failed' });
    });
    expect([await due(incident, 'stakeholders'), await due(incident, 'public')]).toEqual(['1:00:00', '1:05:00']);
    await pass(10 * minute);
    expect(await due(incident, 'public')).toBe('1:35:00');
    await street.endRun(incident.id, runId, 'failed');
    await pass(30 * minute);
    expect(await due(incident, 'public')).toBe('2:05:00');
  });

  it('sooner when it is worse than was thought, and at once when that is over already', async () => {
    const incident = await street.declare({ severity: 'P3' });
    expect([await due(incident, 'stakeholders'), await due(incident, 'public')]).toEqual(['2:00:00', '2:00:00']);
    await pass(20 * minute);
    await street.incidents().setSeverity({ incidentId: incident.id, severity: 'P2' }, ana);
    expect([await due(incident, 'responders'), await due(incident, 'public')]).toEqual(['1:00:00', '1:20:00']);
    expect((await schedule(incident)).at(-1)).toBe('0:20:00 public holding');
    await pass(30 * minute);
    await street.incidents().setSeverity({ incidentId: incident.id, severity: 'P1' }, ana);
    expect((await schedule(incident)).slice(-2)).toEqual(['0:50:00 responders automatic', '0:50:00 public holding']);
    expect([await due(incident, 'responders'), await due(incident, 'public')]).toEqual(['1:20:00', '1:20:00']);
  });

  it('later when it is better than was thought, though never later than was promised', async () => {
    const incident = await street.declare();
    await pass(6 * minute);
    await street.incidents().setSeverity({ incidentId: incident.id, severity: 'P3' }, ana);
    expect([await due(incident, 'responders'), await due(incident, 'public')]).toEqual(['2:00:00', '0:35:00']);
    await pass(30 * minute);
    expect(await due(incident, 'public')).toBe('2:35:00');
  });
});

function fail(): never {
  throw new Error('It was not said.');
}
