import { describe, expect, it } from '@jest/globals';
import { adoptIncidents } from '../../src/broadcast/due/adopt.ts';
import { Command, type Purpose } from '../../src/domain/command.ts';
import { incidentLabel, readLabel } from '../../src/domain/incident.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { monthOf } from '../../src/incidents/routine-month.ts';
import { watchRecords } from '../../src/incidents/watch-records.ts';
import { createReports } from '../../src/reports/create-reports.ts';
import { readAudit } from '../../src/store/audit.ts';
import { endConsent, insertConsent } from '../../src/store/consents.ts';
import { insertPlan } from '../../src/store/plans.ts';
import { rolesOf } from '../../src/store/roles.ts';
import { plannedStep, planOf } from '../support/plans.ts';
import { consentOf } from '../support/rows.ts';
import { describeStores } from '../support/stores.ts';
import { ana, ben, townHome, useTown } from '../support/town.ts';

const day = 24 * 3_600_000;
const steps = [{ id: 'looked', uses: 'manual.checkpoint', with: { instructions: 'Look.' } }];
const inputs = { copies: { type: 'integer', min: 1 } };
const commandOf = (name: string, purpose: Purpose, more: object = {}): Command =>
  Command.parse({ name, title: `${name} it`, purpose, steps, ...more });
const commands = [
  commandOf('failover', 'recovery'),
  commandOf('monthly-test', 'drill', { inputs: { copies: { ...inputs.copies, default: 1 } } }),
  commandOf('other-test', 'drill'),
  commandOf('backup', 'routine'),
];

describeStores('the record of a drill and of routines', (stores) => {
  const town = useTown(stores, { commands });
  let asked = 0;
  const open = (
    command: string,
    over: { here?: number; requestKey?: string; inputs?: Record<string, string> } = {},
  ) => {
    asked += 1;
    return town.incidents().openRecord({ command, requestKey: `key-${asked}`, ...over }, ana);
  };
  const kindsOut = async (id: number): Promise<string[]> =>
    (await town.outbox(id)).map(({ document }) =>
      document.to === 'slack' && document.do === 'post' ? document.notice.kind : document.to,
    );
  const phaseOf = async (id: number) => (await town.incidents().view(id)).incident.phase;
  const watch = () => watchRecords({ store: town.store(), clock: town.clock });

  describe('a drill', () => {
    it('has a label, a title and a channel of its own, and no severity', async () => {
      const drill = await open('monthly-test');
      expect(drill).toMatchObject({ kind: 'drill', title: 'Drill: monthly-test it', severity: '', commander: 'ana' });
      expect(incidentLabel(drill)).toBe(`DRILL-${drill.id}`);
      expect(drill.channelName).toBe(`drill-${drill.id}-monthly-test`);
      expect(readLabel(`drill-${drill.id}`)).toBe(drill.id);
      const [row] = await town.store().tx((tx) => readAudit(tx, { incidentId: drill.id, limit: 1 }));
      expect(row).toMatchObject({ what: 'drill.opened', who: 'ana' });
    });

    it('tells nobody but its channel: no announcement, no audience, no call, no page', async () => {
      const drill = await open('monthly-test');
      expect(await kindsOut(drill.id)).toEqual(['slack', 'incident-header']);
      // As at each start: who was told of nothing before is told of nothing then.
      await adoptIncidents(town.broadcast());
      const view = await town.incidents().view(drill.id);
      expect(view.audiences.map(({ dueAt }) => dueAt)).toEqual(view.audiences.map(() => null));
      expect(view.publicPage.state).toBe('none');
      const counted = await town.store().tx((tx) =>
        tx.query<{ all: number }>(
          `select (select count(*) from audience where incident_id = $1) + (select count(*) from escalation where incident_id = $1)
             + (select count(*) from public_incident where incident_id = $1) as all`,
          [drill.id],
        ),
      );
      expect(Number(counted[0]?.all)).toBe(0);
    });

    it('is opened once for one request, and taken up when nothing was ever asked for in it', async () => {
      const first = await open('monthly-test', { requestKey: 'same-request' });
      expect((await open('monthly-test', { requestKey: 'same-request' })).id).toBe(first.id);
      expect((await open('monthly-test')).id).toBe(first.id);
      expect((await open('other-test')).id).not.toBe(first.id);
    });

    it('stays where it is asked for in its own channel, and goes to its own from any other', async () => {
      const drill = await open('monthly-test');
      expect((await open('monthly-test', { here: drill.id })).id).toBe(drill.id);
      const incident = await town.declare();
      expect((await open('other-test', { here: incident.id })).kind).toBe('drill');
    });

    it('is refused of what acts on the real thing, of wrong inputs, and to who may not ask', async () => {
      const before = (await town.incidents().list()).length;
      await expect(open('failover')).rejects.toThrow('/dr rehearse failover');
      await expect(open('monthly-test', { inputs: { copies: '0' } })).rejects.toThrow('copies');
      const ask = { command: 'other-test', requestKey: 'not-a-commander' };
      await expect(town.incidents().openRecord(ask, ben)).rejects.toThrow('Only a commander may');
      expect(await town.incidents().list()).toHaveLength(before);
    });

    it('has no impact to resolve, no severity, and is closed at once by a commander, but not under a run', async () => {
      const { id } = await open('monthly-test', { requestKey: 'to-be-closed' });
      const run = await town.startRun(id);
      expect(await phaseOf(id)).toBe('investigating');
      await expect(town.incidents().resolve({ incidentId: id }, ana)).rejects.toThrow('There is no impact to resolve');
      await expect(town.incidents().setSeverity({ incidentId: id, severity: 'P1' }, ana)).rejects.toThrow(
        'no severity',
      );
      await expect(town.incidents().close({ incidentId: id }, ana)).rejects.toThrow('cannot be closed while');
      await town.endRun(id, run, 'succeeded');
      expect(await phaseOf(id)).toBe('investigating');
      expect(await town.incidents().close({ incidentId: id }, ana)).toMatchObject({
        incident: { phase: 'closed' },
        owed: [],
        untold: [],
      });
      const said = (await town.sentences(id)).join('\n');
      expect(said).toContain('This was a drill: it counts as a test');
      expect(said).not.toContain('/dr resolve');
      const again = { command: 'monthly-test', requestKey: 'to-be-closed' };
      await expect(town.incidents().openRecord(again, ana)).rejects.toThrow('is closed');
    });

    it('closes by itself a day after its last run, and not while one is under way', async () => {
      const { id } = await open('other-test', { requestKey: 'closes-by-itself' });
      await town.clock.advance(2 * day);
      const run = await town.startRun(id);
      await watch();
      expect(await phaseOf(id)).toBe('investigating');
      await town.endRun(id, run, 'failed', { note: 'nothing answered' });
      await town.clock.advance(day - 60_000);
      await watch();
      expect(await phaseOf(id)).toBe('investigating');
      await town.clock.advance(120_000);
      await watch();
      expect(await phaseOf(id)).toBe('closed');
    });

    it('calls nobody by mail, message or pager while its approval is waited for', async () => {
      const { id } = await open('monthly-test', { requestKey: 'waits' });
      const plan = planOf([plannedStep('restore')], { id: 'plan_waits', incidentId: id, record: 'drill' });
      const consent = consentOf(plan, town.clock.now(), { id: 'consent_waits', rung: 4 });
      await town.store().tx(async (tx) => {
        await insertPlan(tx, plan);
        await insertConsent(tx, consent);
        for (const rung of [1, 2, 3])
          await tx.tell({ kind: 'ConsentUnanswered', incidentId: id, requestId: consent.id, rung });
        await endConsent(tx, consent.id, 'expired', town.clock.now());
        await tx.tell({ kind: 'ConsentChanged', incidentId: id, requestId: consent.id });
      });
      const out = await town
        .store()
        .tx((tx) =>
          tx.query<{ document: Outgoing }>(
            `select document from outbox where key like 'asked:consent_waits%' or key like 'page:%'`,
          ),
        );
      expect(
        out.map(({ document }) =>
          document.to === 'slack' && document.do === 'post' ? document.place.in : document.to,
        ),
      ).toEqual(Array.from({ length: 4 }, () => 'incident'));
      expect((await town.sentences(id)).join('\n')).toContain(`DRILL-${id} still waits for 1 approval`);
    });

    it('has a record that says that it was one, and of no incident', async () => {
      const { id } = await open('monthly-test', { requestKey: 'to-be-read' });
      const run = await town.startRun(id);
      await town.endRun(id, run, 'succeeded-with-exceptions', { exceptions: ['healthy was skipped'] });
      const reports = createReports({ store: town.store(), home: townHome, clock: town.clock, simulated: false });
      const { file } = await reports.report(id);
      expect(file.name).toBe(`drill-${id}-record.md`);
      expect(file.markdown).toContain('This is the record of a drill');
      expect(file.markdown).toContain('healthy was skipped');
      expect(file.markdown).not.toMatch(/incident|post-mortem/i);
    });
  });

  describe('routines', () => {
    it('are of the month that it is at home', () => {
      const at = new Date('2026-10-31T23:30:00Z');
      expect(monthOf(at, 'Europe/Berlin')).toEqual({ number: '2026-11', name: 'November 2026' });
      expect(monthOf(at, 'UTC').number).toBe('2026-10');
    });

    it('share the record of their month, at home', async () => {
      const first = await open('backup');
      expect(first).toMatchObject({ kind: 'routine', title: 'Routines of November 2026' });
      expect(first.channelName).toBe('routines-2026-11');
      expect(incidentLabel(first)).toBe(`ROUTINE-${first.id}`);
      expect((await open('backup')).id).toBe(first.id);
      await expect(town.incidents().close({ incidentId: first.id }, ana)).rejects.toThrow('closes by itself');
    });

    it('are part of an incident where they are asked for there', async () => {
      const incident = await town.declare();
      expect((await open('backup', { here: incident.id })).id).toBe(incident.id);
      const drill = await open('other-test');
      expect((await open('backup', { here: drill.id })).kind).toBe('routine');
    });

    it('let whoever has joined a group since act in it', async () => {
      const record = await open('backup');
      const gil = { name: 'U0GIL', slack: 'U0GIL', door: 'slack' } as const;
      const rolesOfGil = () => town.store().tx((tx) => rolesOf(tx, record.id, gil));
      expect([...(await rolesOfGil())]).toEqual([]);
      town.groups.set('S0APPR', ['U0DOV', 'U0GIL']);
      await open('backup');
      expect([...(await rolesOfGil())]).toEqual(['approvers']);
    });

    it('of a month that is over close once those of the next have begun and nothing runs in it', async () => {
      const november = await open('backup');
      const run = await town.startRun(november.id);
      await town.clock.advance(35 * day);
      const december = await open('backup');
      expect(december.id).not.toBe(november.id);
      await watch();
      expect(await phaseOf(november.id)).toBe('investigating');
      await town.endRun(november.id, run, 'succeeded');
      await watch();
      expect(await phaseOf(november.id)).toBe('closed');
      expect(await phaseOf(december.id)).toBe('investigating');
    });
  });
});
