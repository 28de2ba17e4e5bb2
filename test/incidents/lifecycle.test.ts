import { describe, expect, it } from '@jest/globals';
import { readAudit } from '../../src/store/audit.ts';
import { endGuard, insertGuard } from '../../src/store/guards.ts';
import { setChannel } from '../../src/store/incidents.ts';
import { askPublic } from '../../src/store/public-incidents.ts';
import { describeStores } from '../support/stores.ts';
import { ana, ben, cat, dov, eve, useTown } from '../support/town.ts';

describeStores('the life of an incident', (stores) => {
  const town = useTown(stores);
  const phaseOf = async (id: number) => (await town.incidents().view(id)).incident.phase;
  const auditOf = async (incidentId: number) =>
    (await town.store().tx((tx) => readAudit(tx, { incidentId, limit: 100 }))).map((row) => row.what);

  describe('assigning', () => {
    it('is a commander’s', async () => {
      const { id } = await town.declare();
      const ask = { incidentId: id, role: 'approvers', person: 'cat' } as const;
      await expect(town.incidents().assign(ask, ben)).rejects.toThrow('a commander may assign');
      expect(await town.incidents().assign(ask, ana)).toBe(`cat is one of the approvers of INC-${id} now.`);
      expect(await town.incidents().assign(ask, ana)).toBe(`cat is one of the approvers of INC-${id} already.`);
      expect(await auditOf(id)).toEqual(['incident.declared', 'role.granted']);
    });

    it('takes a mention and a Slack id', async () => {
      const { id } = await town.declare();
      const assign = (person: string) => town.incidents().assign({ incidentId: id, role: 'publishers', person }, ana);
      expect(await assign('<@U0DOV|dov>')).toContain('dov is one of the publishers');
      expect(await assign('U0EVE')).toContain('U0EVE is one of the publishers');
      await expect(assign('bem')).rejects.toThrow('muster.yml knows nobody called bem: did you mean ben?');
    });

    it('hands over command', async () => {
      const { id } = await town.declare();
      const hand = { incidentId: id, role: 'commanders', person: 'ben' } as const;
      expect(await town.incidents().assign(hand, ana)).toBe(`ben commands INC-${id} now.`);
      expect((await town.incidents().view(id)).incident.commander).toBe('ben');
      await town.incidents().resolve({ incidentId: id }, ben);
    });
  });

  describe('phases', () => {
    it('follow runs, and not an undo', async () => {
      const { id } = await town.declare();
      const first = await town.startRun(id);
      expect(await phaseOf(id)).toBe('recovering');
      await town.endRun(id, first, 'failed', { note: 'promote failed' });
      expect(await phaseOf(id)).toBe('recovering');
      const second = await town.startRun(id);
      await town.endRun(id, second, 'succeeded');
      expect(await phaseOf(id)).toBe('monitoring');
      const undo = await town.startRun(id, { purpose: 'undo' });
      await town.endRun(id, undo, 'undone');
      expect(await phaseOf(id)).toBe('monitoring');
      expect((await auditOf(id)).filter((what) => what === 'phase.changed')).toHaveLength(2);
    });
  });

  describe('resolving', () => {
    it('waits for the run to end, is a commander’s, and happens once', async () => {
      const { id } = await town.declare();
      const run = await town.startRun(id);
      await expect(town.incidents().resolve({ incidentId: id }, ana)).rejects.toThrow('while failover is running');
      await town.endRun(id, run, 'failed', { note: 'promote failed' });
      await expect(town.incidents().resolve({ incidentId: id }, eve)).rejects.toThrow('a commander may resolve');
      const { incident, recovery, untold } = await town.incidents().resolve({ incidentId: id }, ana);
      expect(incident.phase).toBe('resolved');
      expect(untold).toEqual(['public']);
      expect(recovery).toMatchObject({ rtoMs: null, rtoObjectiveMs: 3_600_000, rpoMs: null, rpoObjectiveMs: 900_000 });
      expect((await town.incidents().view(id)).recovery).toEqual(recovery);
      await expect(town.incidents().resolve({ incidentId: id }, ana)).rejects.toThrow(`INC-${id} is resolved already.`);
    });
  });

  describe('its RTO', () => {
    it('is what its services are owed, before a run and after', async () => {
      const { id } = await town.declare();
      const owed = { ms: 3_600_000, of: 'api' };
      expect((await town.incidents().view(id)).rto).toEqual(owed);
      await town.startRun(id);
      expect((await town.incidents().view(id)).rto).toEqual(owed);
    });
  });

  describe('its public page', () => {
    it('is said not to have been opened, when it was not', async () => {
      const { id } = await town.declare();
      expect((await town.incidents().view(id)).publicPage.state).toBe('draft');
      expect((await town.incidents().resolve({ incidentId: id }, ana)).unpublished).toBe(true);
      expect((await town.incidents().view(id)).publicPage.state).toBe('unpublished');
      const other = await town.declare();
      const ask = { by: 'cat', body: 'x', status: 'investigating', components: {} } as const;
      await town.store().tx((tx) => askPublic(tx, other.id, { ...ask, carried: true }));
      expect((await town.incidents().resolve({ incidentId: other.id }, ana)).unpublished).toBe(false);
      expect((await town.incidents().view(other.id)).publicPage.state).toBe('draft');
    });
  });

  describe('closing', () => {
    it('comes after resolving, and after an armed guard has ended', async () => {
      const { id } = await town.declare();
      const runId = await town.startRun(id);
      await town.endRun(id, runId, 'succeeded-with-exceptions', { exceptions: ['fence deferred'] });
      await expect(town.incidents().close({ incidentId: id }, ana)).rejects.toThrow('resolve it first');
      await town.incidents().resolve({ incidentId: id }, ana);
      const guard = { id: `guard_${runId}`, incidentId: id, runId, stepId: 'fence', region: 'us-east-1' };
      await town.store().tx((tx) => insertGuard(tx, guard, town.clock.now()));
      await expect(town.incidents().close({ incidentId: id }, ana)).rejects.toThrow('us-east-1 was not fenced (fence)');
      await town.store().tx((tx) => endGuard(tx, guard.id, { state: 'fenced', by: 'muster', at: town.clock.now() }));
      expect((await town.incidents().close({ incidentId: id }, ana)).incident.phase).toBe('closed');
      expect((await town.incidents().open()).map((incident) => incident.id)).not.toContain(id);
      expect((await town.incidents().list()).map((incident) => incident.id)).toContain(id);
      await expect(town.incidents().close({ incidentId: id }, ana)).rejects.toThrow('closed already');
    });
  });

  describe('looking', () => {
    it('is for those who hold a role, by name, by group or in an open incident', async () => {
      for (const person of [ana, cat, eve, dov]) await town.incidents().mayLook(person);
      const outsider = { name: 'U0OUT', slack: 'U0OUT', door: 'slack' as const };
      await expect(town.incidents().mayLook(outsider)).rejects.toThrow('U0OUT holds none');
      const { id } = await town.declare();
      await town.incidents().assign({ incidentId: id, role: 'responders', person: 'U0OUT' }, ana);
      await town.incidents().mayLook(outsider);
    });

    it('finds an incident by its channel', async () => {
      const { id } = await town.declare();
      await town.store().tx((tx) => setChannel(tx, id, `C${id}`));
      expect((await town.incidents().byChannel(`C${id}`))?.id).toBe(id);
      expect(await town.incidents().byChannel('C0NONE')).toBeNull();
    });
  });

  it('says of an incident that does not exist how to find those that do', async () => {
    await expect(town.incidents().view(4711)).rejects.toThrow('There is no incident INC-4711. /dr list shows');
  });
});
