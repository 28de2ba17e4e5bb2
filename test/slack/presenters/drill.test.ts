import { describe, expect, it } from '@jest/globals';
import { Command, type Purpose } from '../../../src/domain/command.ts';
import type { Incident } from '../../../src/domain/incident.ts';
import { parseTyped } from '../../../src/slack/listeners/parse.ts';
import { presentHelp } from '../../../src/slack/presenters/help.ts';
import { incidentTitle } from '../../../src/slack/presenters/incident-title.ts';
import { presentPlan } from '../../../src/slack/presenters/plan.ts';
import { presentList } from '../../../src/slack/presenters/status.ts';
import { plannedStep, planOf } from '../../support/plans.ts';
import { townHome as home } from '../../support/town.ts';
import { incidentOf, now } from '../views.ts';

const steps = [{ id: 'looked', uses: 'manual.checkpoint', with: { instructions: 'Look.' } }];
const commandOf = (name: string, purpose: Purpose) => Command.parse({ name, title: `${name} it`, purpose, steps });
const commands = [commandOf('failover', 'recovery'), commandOf('test', 'drill'), commandOf('backup', 'routine')];
const drill = incidentOf({ id: 8, kind: 'drill', title: 'Drill: test it', severity: '', channel: 'C0DRILL8' });
const months = incidentOf({ id: 9, kind: 'routine', title: 'Routines of March 2026', severity: '' });

describe('Slack’s words of a drill', () => {
  it('lists drills and routines apart from incidents', () => {
    const listed = (...all: Incident[]) =>
      presentList(all, { home, now, simulated: false, views: new Map() }).text.split('\n');
    const [real, heading, ...others] = listed(months, drill, incidentOf());
    expect(real).toContain('INC-7');
    expect(heading).toBe('*Drills and routines*');
    expect(others.map((line) => /^\*(\S+)\* · (\S+ \w+)/.exec(line)?.slice(1))).toEqual([
      ['ROUTINE-9', '🔁 routines'],
      ['DRILL-8', '🧪 drill'],
    ]);
    expect(listed(drill)[0]).toContain('No incident yet');
    const drills = Array.from({ length: 40 }, (_, at) => ({ ...drill, id: 50 - at }));
    const many = listed(...drills, incidentOf());
    expect(many[0]).toContain('INC-7');
    expect(many.slice(1, 3)).toEqual(['*Drills and routines*', expect.stringContaining('DRILL-50')]);
    expect(many.join('\n')).not.toContain('DRILL-11');
  });

  it('offers in each place what runs there, and nothing that tells others', () => {
    const help = (incident: Incident | null) =>
      presentHelp({
        commands,
        incident,
        run: null,
        consents: [],
        roles: new Set(['commanders', 'responders', 'publishers']),
        simulated: false,
      }).text;
    expect(help(drill)).toContain('/dr drill test');
    expect(help(drill)).toContain('/dr close');
    expect(help(drill)).not.toMatch(/\/dr (failover|backup|update|publish|ack|resolve|severity|snooze)/);
    expect(help(months)).not.toMatch(/\/dr (close|failover|drill)/);
    expect(help(incidentOf())).toMatch(/\/dr failover[\s\S]*\/dr backup/);
    expect(help(incidentOf())).not.toContain('/dr drill');
    expect(help(null)).toMatch(/\/dr failover[\s\S]*\/dr drill test[\s\S]*\/dr backup/);
  });

  it('says on its plan that it is one, without the time left of an RTO', () => {
    const plan = planOf([plannedStep('restore')], { record: 'drill', incidentId: 8, rtoLeftMs: null });
    const [{ text }] = presentPlan(plan, { home, simulated: false });
    expect(text).toContain('🧪 *Drill:* it runs on test resources');
    expect(text).toContain('Measured against an RTO of 1h');
  });

  it('is named by its label wherever that stands', () => {
    expect(incidentTitle(drill).plain).toBe('DRILL-8 · Drill: test it');
    expect(parseTyped('abort drill-8 enough seen')).toMatchObject({
      word: 'abort',
      incidentId: 8,
      rest: 'enough seen',
    });
    expect(parseTyped('status ROUTINE-9').incidentId).toBe(9);
    expect(parseTyped('drill monthly-test-2').incidentId).toBeNull();
  });
});
