import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../src/domain/errors.ts';
import { rolesOf } from '../../src/store/roles.ts';
import { describeStores } from '../support/stores.ts';
import { ana, ben, cat, dov, eve, type Town, useTown } from '../support/town.ts';

const form = (town: Town, over: Record<string, unknown> = {}) => ({
  title: 'Checkout fails for everybody',
  severity: 'P1',
  services: ['api', 'web'],
  impactBeganAt: new Date(town.clock.now().getTime() - 60_000),
  requestKey: `form-${Math.random()}`,
  ...over,
});

describeStores('declaring an incident', (stores) => {
  const town = useTown(stores);

  it('keeps what was said, names the channel and makes the declaring commander its commander', async () => {
    const incident = await town
      .incidents()
      .declare(form(town, { title: '  Zürich:  *checkout* <!channel> down ' }), ana);
    expect(incident).toMatchObject({
      title: 'Zürich: *checkout* <!channel> down',
      commander: 'ana',
      phase: 'investigating',
      channel: null,
    });
    expect(incident.channelName).toBe(`inc-${incident.id}-zurich-checkout-channel-down`);
    expect(await town.incidents().view(incident.id)).toMatchObject({
      incident: { ...incident },
      active: [
        { service: 'api', region: 'us-east-1' },
        { service: 'web', region: 'us-east-1' },
      ],
      publicPage: { state: 'draft', url: null },
    });
  });

  it('cuts a long channel name to what Slack takes', async () => {
    const incident = await town.incidents().declare(form(town, { title: 'word '.repeat(30) }), ana);
    expect(incident.channelName).toMatch(/^inc-\d+-[a-z-]*[a-z]$/);
    expect(incident.channelName.length).toBeLessThanOrEqual(80);
  });

  it('takes the first commander when a responder declares', async () => {
    expect((await town.incidents().declare(form(town), ben)).commander).toBe('ana');
  });

  it('reads who holds which role, groups included, and only then', async () => {
    const incident = await town.declare();
    const roles = (person: typeof ana) =>
      town.store().tx(async (tx) => [...(await rolesOf(tx, incident.id, person))].sort());
    expect(await roles(ana)).toEqual(['commanders', 'responders']);
    expect(await roles(dov)).toEqual(['approvers']);
    expect(await roles(eve)).toEqual(['responders']);
    town.groups.set('S0APPR', ['U0DOV', 'U0FAY', 'U0EVE']);
    expect(await roles(eve)).toEqual(['responders']);
    town.groups.set('S0APPR', ['U0DOV', 'U0FAY']);
  });

  it('declares one incident however often the form arrives, even at once', async () => {
    const again = form(town);
    const both = await Promise.all([town.incidents().declare(again, ana), town.incidents().declare(again, ana)]);
    const later = await town.incidents().declare(again, ana);
    expect(new Set([...both, later].map((incident) => incident.id)).size).toBe(1);
    const headers = (await town.outbox(later.id)).filter((row) => row.key === `header:${later.id}`);
    expect(headers).toHaveLength(1);
  });

  it.each([
    ['title', { title: '   ' }, 'The title is empty: say in a few words what is wrong.'],
    ['title', { title: 'x'.repeat(151) }, 'The title has 151 characters: at most 150 are expected.'],
    ['severity', { severity: 'P11' }, 'There is no severity P11 in muster.yml: did you mean P1?'],
    ['services', { services: [] }, 'No service was named: name at least one of api, web, billing.'],
    ['services', { services: ['api', 'biling'] }, 'There is no service biling in muster.yml: did you mean billing?'],
    ['impactBeganAt', { impactBeganAt: new Date('2026-11-21T13:00:00Z') }, 'The impact cannot begin in the future'],
    ['impactBeganAt', { impactBeganAt: new Date('2026-10-01T12:00:00Z') }, 'more than 30 days ago'],
    ['impactBeganAt', { impactBeganAt: new Date('yesterday') }, 'is not a time'],
  ])('says at %s what is wrong with %j', async (field, fault, sentence) => {
    const before = (await town.incidents().list()).length;
    const refused = await town
      .incidents()
      .declare(form(town, fault), ana)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ field, message: expect.stringContaining(sentence) });
    expect((await town.incidents().list()).length).toBe(before);
  });

  it('refuses whoever is neither responder nor commander', async () => {
    await expect(town.incidents().declare(form(town), cat)).rejects.toThrow('a responder or a commander may declare');
  });

  describe('while a group cannot be read', () => {
    const without = async <T>(group: string, work: () => Promise<T>): Promise<T> => {
      const members = town.groups.get(group) ?? [];
      town.groups.delete(group);
      return work().finally(() => town.groups.set(group, members));
    };

    it('lets a person declare whom muster.yml names, and says whose roles are missing', async () => {
      const incident = await without('S0APPR', () => town.incidents().declare(form(town), ben));
      expect(await town.sentences(incident.id)).toEqual([expect.stringContaining('did not say who is in S0APPR')]);
      expect(await town.store().tx((tx) => rolesOf(tx, incident.id, dov))).toEqual(new Set());
    });

    it('tells a person whom only that group names why they cannot', async () => {
      await without('S0RESP', () =>
        expect(town.incidents().declare(form(town), eve)).rejects.toThrow('Slack did not say who is in group S0RESP'),
      );
    });
  });
});
