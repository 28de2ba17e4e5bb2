import { describe, expect, it } from '@jest/globals';
import { sendUpdate } from '../../../src/broadcast/due/send.ts';
import { snooze } from '../../../src/broadcast/due/snooze.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana, ben } from '../../support/town.ts';
import { minute, useStreet } from './street.ts';

describe('holding words back', () => {
  const street = useStreet(embeddedStores());
  const { due } = street;

  it('moves what is due next by ten minutes, once, and a second time is refused in a sentence', async () => {
    const incident = await street.declare();
    await street.pass(26 * minute);
    expect(await snooze(street.deps(), { incidentId: incident.id }, ana)).toMatch(/are held back until .*, once\.$/);
    expect([await due(incident, 'responders'), await due(incident, 'stakeholders')]).toEqual(['0:40:00', '0:40:00']);
    await street.pass(minute);
    await expect(snooze(street.deps(), { incidentId: incident.id }, ana)).rejects.toThrow(
      /held back once.*not a second time/,
    );
    await street.pass(14 * minute);
    expect((await street.schedule(incident)).filter((line) => /^0:[34]/.test(line)).sort()).toEqual([
      '0:40:00 responders automatic',
      '0:40:00 stakeholders automatic',
    ]);
  });

  it('shows the draft again before they are due, and of what was overdue before that', async () => {
    const incident = await street.declare();
    await street.pass(26 * minute);
    await snooze(street.deps(), { incidentId: incident.id }, ana);
    await street.pass(15 * minute);
    expect((await street.posts(incident, `draft:${incident.id}:`)).map((one) => one.at)).toEqual([
      '0:03:20',
      '0:25:00',
      '0:31:00',
      '0:40:00',
    ]);
    const rounds = await street
      .store()
      .tx((tx) =>
        tx.query(`select state, ended_by as by from draft_round where incident_id = $1 and round = 2`, [incident.id]),
      );
    expect(rounds).toEqual([{ state: 'snoozed', by: 'ana' }]);
  });

  it('is free again after the next words, and leaves the cadence as it was', async () => {
    const incident = await street.declare();
    await street.pass(26 * minute);
    await snooze(street.deps(), { incidentId: incident.id }, ana);
    const ask = {
      incidentId: incident.id,
      audiences: ['stakeholders' as const],
      inside: 'Now.',
      outside: '',
      page: null,
    };
    await sendUpdate(street.deps(), { ...ask, requestKey: 'snoozed-then-said' }, ana);
    expect(await due(incident, 'stakeholders')).toBe('0:56:00');
    await street.pass(26 * minute);
    await snooze(street.deps(), { incidentId: incident.id, forMs: 5 * minute }, ana);
    expect(await due(incident, 'stakeholders')).toBe('1:01:00');
  });

  it('stays as it was decided when a phase changes', async () => {
    const incident = await street.declare();
    await street.pass(26 * minute);
    await snooze(street.deps(), { incidentId: incident.id }, ana);
    await street.startRun(incident.id);
    expect(await due(incident, 'stakeholders')).toBe('0:40:00');
  });

  it('is the commander’s, for a time that makes sense, while something is due', async () => {
    const incident = await street.declare();
    await expect(snooze(street.deps(), { incidentId: incident.id }, ben)).rejects.toThrow(
      'Only a commander may snooze an update',
    );
    await expect(snooze(street.deps(), { incidentId: incident.id, forMs: 3 * 3_600_000 }, ana)).rejects.toThrow(
      'held back for 1 to 60 minutes, and 180 minutes was asked for',
    );
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await expect(snooze(street.deps(), { incidentId: incident.id }, ana)).rejects.toThrow('nothing to hold back');
  });
});
