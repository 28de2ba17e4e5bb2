import { describe, expect, it } from '@jest/globals';
import { adoptIncidents } from '../../../src/broadcast/due/adopt.ts';
import { embeddedStores } from '../../support/stores.ts';
import { ana } from '../../support/town.ts';
import { homeWith, minute, useStreet } from './street.ts';

describe('an incident that goes on since before audiences were told', () => {
  const broadcasts = { stakeholders: 'automatic', customers: 'never', public: 'holding' } as const;
  const home = homeWith({});
  const street = useStreet(embeddedStores(), { home: homeWith({ broadcasts: { ...home.broadcasts, ...broadcasts } }) });
  /** As the version before left it. */
  const declareBefore = async () => {
    const incident = await street.declare();
    await street.store().tx(async (tx) => {
      await tx.query('update promise set broadcast_id = null, made_by = null where incident_id = $1', [incident.id]);
      for (const table of ['promise', 'draft_round', 'audience', 'escalation'])
        await tx.query(`delete from ${table} where incident_id = $1`, [incident.id]);
      await tx.query(`delete from outbox where broadcast_id in (select id from broadcast where incident_id = $1)`, [
        incident.id,
      ]);
      await tx.query('delete from broadcast where incident_id = $1', [incident.id]);
    });
    await street.clock.advance(45 * minute);
    return incident;
  };

  it('is told once to whom its words are due, and at its intervals from then on', async () => {
    const incident = await declareBefore();
    await street.pass(minute);
    expect(await street.schedule(incident)).toEqual([]);
    await adoptIncidents(street.deps());
    await street.pass(20 * minute);
    await adoptIncidents(street.deps());
    await street.pass(minute);
    expect((await street.schedule(incident)).toSorted()).toEqual([
      '0:46:00 public holding',
      '0:46:00 responders automatic',
      '0:46:00 stakeholders automatic',
    ]);
    expect(await street.due(incident, 'stakeholders')).toBe('1:16:00');
    expect(await street.due(incident, 'customers')).toBeNull();
  });

  it('is left alone once it is resolved', async () => {
    const incident = await declareBefore();
    await street.incidents().resolve({ incidentId: incident.id }, ana);
    await adoptIncidents(street.deps());
    await street.pass(minute);
    expect(await street.schedule(incident)).toEqual([]);
  });
});
