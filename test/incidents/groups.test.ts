import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Incident } from '../../src/domain/incident.ts';
import { readAudit } from '../../src/store/audit.ts';
import { rolesOf } from '../../src/store/roles.ts';
import { embeddedStores } from '../support/stores.ts';
import { ana, dov, eve, townHome, useTown } from '../support/town.ts';

const gil = { name: 'U0GIL', slack: 'U0GIL', door: 'slack' } as const;
/** Whom muster.yml names as a responder itself. */
const ben = { name: 'ben', slack: 'U0BEN', door: 'terminal' } as const;

describe('while an incident is open, a Slack user group', () => {
  const town = useTown(embeddedStores());
  let incident: Incident;
  beforeEach(async () => {
    town.groups.set('S0RESP', ['U0EVE', 'U0BEN']).set('S0APPR', ['U0DOV', 'U0FAY']);
    incident = await town.declare();
  });

  const roles = (person: typeof ana) =>
    town.store().tx(async (tx) => [...(await rolesOf(tx, incident.id, person))].sort());
  const decided = async () =>
    (await town.store().tx((tx) => readAudit(tx, { incidentId: incident.id, after: 0, limit: 50 })))
      .filter(({ what }) => what.startsWith('role.'))
      .map(({ what, detail }) => ({ what, detail }));
  const entered = async () =>
    (await town.incidents().timeline.list(incident.id, ana))
      .filter(({ kind }) => kind === 'role')
      .map(({ text }) => text);

  it('that somebody has left gives them no role any more: they and the commander are told, and it is on record', async () => {
    town.groups.set('S0APPR', ['U0FAY']);
    await town.followGroups();
    expect(await roles(dov)).toEqual([]);
    expect(await town.sentences(incident.id)).toEqual([
      expect.stringMatching(/^dov is not one of the approvers .*group S0APPR in Slack/),
    ]);
    expect(await decided()).toEqual([
      { what: 'role.ended', detail: { role: 'approvers', person: 'dov', slack: 'U0DOV', group: 'S0APPR' } },
    ]);
    expect(await entered()).toEqual([
      expect.stringMatching(/^dov is not one of the approvers any more: group S0APPR .*now\.$/),
    ]);
  });

  it('that muster.yml names no more gives nobody a role any more', async () => {
    const approvers = ['ben'];
    await town.followGroups({ ...townHome, roles: { ...townHome.roles, responders: ['ana', 'ben'], approvers } });
    expect([await roles(dov), await roles(eve), await roles(ben)]).toEqual([[], [], ['approvers', 'responders']]);
  });

  it('that somebody has joined gives them its role, once', async () => {
    town.groups.set('S0APPR', ['U0DOV', 'U0FAY', 'U0GIL']);
    await town.followGroups();
    await town.followGroups();
    expect(await roles(gil)).toEqual(['approvers']);
    expect((await decided()).map(({ what }) => what)).toEqual(['role.granted']);
  });

  it('that cannot be read changes nothing of what it gave, and gives nobody anything', async () => {
    town.groups.delete('S0APPR');
    await town.followGroups();
    expect(await roles(dov)).toEqual(['approvers']);
    expect(await roles(gil)).toEqual([]);
    expect(await decided()).toEqual([]);
  });

  it('takes nothing that muster.yml gives by name, and nothing that a commander gave', async () => {
    await town.incidents().assign({ incidentId: incident.id, role: 'approvers', person: 'dov' }, ana);
    await town.incidents().assign({ incidentId: incident.id, role: 'responders', person: 'U0GIL' }, ana);
    town.groups.set('S0RESP', []).set('S0APPR', []);
    await town.followGroups();
    expect(await roles(dov)).toEqual(['approvers']);
    expect(await roles(gil)).toEqual(['responders']);
    expect(await roles(ben)).toEqual(['approvers', 'responders']);
    expect(await roles(eve)).toEqual([]);
  });

  it('is followed no more once the incident is closed', async () => {
    await town.incidents().resolve({ incidentId: incident.id }, ana);
    await town.incidents().close({ incidentId: incident.id }, ana);
    town.groups.set('S0APPR', []);
    await town.followGroups();
    expect(await roles(dov)).toEqual(['approvers']);
  });
});
