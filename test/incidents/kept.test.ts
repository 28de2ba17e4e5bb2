import { describe, expect, it } from '@jest/globals';
import { readAudit } from '../../src/store/audit.ts';
import { setChannel } from '../../src/store/incidents.ts';
import { checkOf, plannedStep } from '../support/plans.ts';
import { describeStores } from '../support/stores.ts';
import { ana, ben, cat, dov, useGround } from './ground.ts';

describeStores('what people put into the timeline', (stores) => {
  const ground = useGround(stores);
  const auditOf = async (incidentId: number) =>
    (await ground.write((tx) => readAudit(tx, { incidentId, limit: 100 }))).map((row) => row.what);
  const declare = async () => {
    const { id } = await ground.declare();
    await ground.write((tx) => setChannel(tx, id, `C${id}`));
    return { id, channel: `C${id}` };
  };
  const tsOf = (at: Date) => `${Math.floor(at.getTime() / 1000)}.000200`;
  const messages = async (id: number) =>
    (await ground.incidents().timeline.list(id, ana)).filter((entry) => entry.kind === 'message');

  describe('a note', () => {
    it('is anybody’s who holds a role, and stands in the order of time', async () => {
      const { id } = await declare();
      await ground.minutes(1);
      const { timeline } = ground.incidents();
      expect(await timeline.note({ incidentId: id, text: '  DNS looks fine \n' }, cat)).toBe(
        `Noted in the timeline of INC-${id}.`,
      );
      expect((await ground.lines(id)).at(-1)).toBe('cat: DNS looks fine');
      expect(await auditOf(id)).toContain('timeline.noted');
      await expect(timeline.note({ incidentId: id, text: 'x' }, dov)).rejects.toThrow('may write in the timeline');
      await expect(timeline.note({ incidentId: id, text: ' \n ' }, ana)).rejects.toThrow('The note is empty');
      await expect(timeline.list(id, { name: 'U0OUT', slack: 'U0OUT', door: 'slack' })).rejects.toThrow('may look');
      await expect(timeline.list(4711, ana)).rejects.toThrow('There is no incident INC-4711');
    });

    it('is cut where an entry ends, between letters', async () => {
      const { id } = await declare();
      await ground.incidents().timeline.note({ incidentId: id, text: '🔥'.repeat(4000) }, ana);
      expect((await ground.lines(id)).at(-1)).toBe(`ana: ${'🔥'.repeat(2999)}…`);
    });
  });

  it('a command is entered as it was typed, and not for a person without a role', async () => {
    const { id } = await declare();
    const { timeline } = ground.incidents();
    await timeline.command({ incidentId: id, text: '/dr failover tasks=4' }, ben);
    await timeline.command({ incidentId: id, text: '/dr abort' }, dov);
    expect((await ground.lines(id)).slice(1)).toEqual(['ben: /dr failover tasks=4']);
  });

  describe('a kept message', () => {
    it('stands at the time at which it was written, by whoever wrote it, once', async () => {
      const { id, channel } = await declare();
      const { timeline } = ground.incidents();
      await ground.minutes(2);
      const written = ground.clock.now();
      await ground.minutes(10);
      await timeline.note({ incidentId: id, text: 'later' }, ana);
      const message = { channel, ts: tsOf(written), text: 'The primary is gone', who: 'U0BEN' };
      expect(await timeline.keep(message, cat)).toBe(`Kept in the timeline of INC-${id}.`);
      expect(await timeline.keep(message, ana)).toBe(`It is in the timeline of INC-${id} already.`);
      expect((await ground.lines(id)).slice(1)).toEqual(['ben: The primary is gone', 'ana: later']);
      expect((await messages(id))[0]?.at).toEqual(new Date(Math.floor(written.getTime() / 1000) * 1000));
      expect((await auditOf(id)).filter((what) => what === 'timeline.kept')).toHaveLength(1);
    });

    it('is refused outside an incident’s channel, without a role, and without text', async () => {
      const { channel } = await declare();
      const { timeline } = ground.incidents();
      const message = { channel, ts: '1795262400.000100', text: 'x', who: 'U0BEN' };
      await expect(timeline.keep({ ...message, channel: 'C0NONE' }, ana)).rejects.toThrow('belongs to no incident');
      await expect(timeline.keep(message, dov)).rejects.toThrow('may write in the timeline');
      await expect(timeline.keep({ ...message, text: ' ' }, ana)).rejects.toThrow('no text in this message');
      await expect(timeline.keep({ ...message, ts: 'now' }, ana)).rejects.toThrow('now is not the timestamp');
    });

    it('follows its edits and keeps its time, then its deletion and keeps that it was there', async () => {
      const { id, channel } = await declare();
      const { timeline } = ground.incidents();
      const ts = tsOf(ground.clock.now());
      await timeline.keep({ channel, ts, text: 'password is hunter2', who: 'U0BEN' }, ana);
      const [kept] = await messages(id);
      await ground.minutes(5);
      await timeline.edited({ channel, ts, text: 'password is hunter2' });
      expect((await messages(id))[0]?.editedAt).toBeNull();
      await timeline.edited({ channel, ts, text: 'it is mended' });
      expect(await messages(id)).toEqual([{ ...kept, text: 'it is mended', editedAt: ground.clock.now() }]);
      await ground.minutes(1);
      await timeline.deleted({ channel, ts });
      await timeline.edited({ channel, ts, text: 'a late edit' });
      await timeline.deleted({ channel, ts });
      expect(await messages(id)).toEqual([
        { ...kept, text: '', editedAt: expect.any(Date), removedAt: ground.clock.now() },
      ]);
      const [row] = await ground.write((tx) =>
        tx.query<{ text: string }>('select text from timeline where ts = $1', [ts]),
      );
      expect(row?.text).toBe('');
    });

    it('is taken out, and kept again', async () => {
      const { id, channel } = await declare();
      const { timeline } = ground.incidents();
      const message = { channel, ts: tsOf(ground.clock.now()), text: 'one', who: 'U0ANA' };
      await expect(timeline.unkeep(message, ana)).rejects.toThrow(`is not in the timeline of INC-${id}`);
      await timeline.keep(message, ana);
      await expect(timeline.unkeep(message, dov)).rejects.toThrow('may write in the timeline');
      expect(await timeline.unkeep(message, ben)).toContain('Taken out of the timeline');
      expect((await messages(id))[0]).toMatchObject({ text: '', removedAt: expect.any(Date) });
      expect(await timeline.keep(message, ana)).toBe(`Kept in the timeline of INC-${id}.`);
      expect((await messages(id))[0]).toMatchObject({ text: 'one', removedAt: null });
    });

    it('of a channel of no incident is followed without a word', async () => {
      await ground.incidents().timeline.edited({ channel: 'C0NONE', ts: '1.2', text: 'x' });
      await ground.incidents().timeline.deleted({ channel: 'C0NONE', ts: '1.2' });
    });
  });

  describe('the severity', () => {
    it('is a commander’s to change, to one of muster.yml, while it is open', async () => {
      const { id } = await declare();
      const change = (severity: string, by = ana) => ground.incidents().setSeverity({ incidentId: id, severity }, by);
      await expect(change('P2', ben)).rejects.toThrow('Only a commander may change the severity');
      await expect(change('P9')).rejects.toMatchObject({ field: 'severity' });
      expect(await change('P1')).toBe(`INC-${id} is P1 already.`);
      expect(await change('p2')).toBe(`INC-${id} is P2 now; it was P1.`);
      expect((await ground.incidents().view(id)).incident.severity).toBe('P2');
      expect(await auditOf(id)).toEqual(['incident.declared', 'severity.changed']);
      await ground.incidents().resolve({ incidentId: id }, ana);
      await expect(change('P1')).rejects.toThrow(`INC-${id} is resolved: its severity stays P2.`);
    });
  });

  it('the view names a Region that did not answer, until it was fenced', async () => {
    const { id } = await declare();
    expect((await ground.incidents().view(id)).silent).toEqual([]);
    const checks = [checkOf('unknown', { carry: 'ungraceful' })];
    const target = { region: 'us-east-1', resource: 'ecs:prod-cluster/app-service' };
    const plan = await ground.plan(id, { steps: [plannedStep('fence', { fence: true, target, checks })] });
    const silent = [{ region: 'us-east-1', at: new Date(plan.madeAt) }];
    expect((await ground.incidents().view(id)).silent).toEqual(silent);
    const runId = await ground.run(plan);
    await ground.steps(runId, { id: 'fence', status: 'deferred' });
    expect((await ground.incidents().view(id)).silent).toEqual(silent);
    await ground.steps(runId, { id: 'fence', status: 'done' });
    expect((await ground.incidents().view(id)).silent).toEqual([]);
  });

  it('the view shows who acknowledged and what each audience is owed', async () => {
    const { id } = await declare();
    const before = await ground.incidents().view(id);
    expect(before.acknowledged).toBeNull();
    expect(before.audiences.map((view) => view.audience)).toEqual(['responders', 'stakeholders', 'public']);
    const at = ground.clock.now();
    await ground.write((tx) =>
      tx.query(
        'insert into escalation (incident_id, started_at, acknowledged_by, acknowledged_at) values ($1, $2, $3, $2)',
        [id, at, 'ben'],
      ),
    );
    expect((await ground.incidents().view(id)).acknowledged).toEqual({ by: 'ben', at });
  });
});
