import { describe, expect, it } from '@jest/globals';
import { presentIncidents, presentStatus } from '../../src/cli/present/incident.ts';
import { IncidentChoice } from '../../src/cli/words/find.ts';
import { findPlace, PlanArgs } from '../../src/cli/words/find-place.ts';
import { Command, type Purpose } from '../../src/domain/command.ts';
import { personBySlack } from '../../src/domain/identity.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Incidents, OpenRecordAsk } from '../../src/incidents/incidents.ts';
import type { Recovery } from '../../src/recovery/recovery.ts';
import { townHome } from '../support/town.ts';
import { incident, incidentView } from './fixtures.ts';

const ana = personBySlack(townHome, 'U0ANA');
const steps = [{ id: 'looked', uses: 'manual.checkpoint', with: { instructions: 'Look.' } }];
const commandOf = (name: string, purpose: Purpose) => Command.parse({ name, title: name, purpose, steps });
const commands = [commandOf('failover', 'recovery'), commandOf('test', 'drill'), commandOf('backup', 'routine')];
const drill: Incident = { ...incident, id: 8, kind: 'drill', title: 'Drill: test', severity: '' };
const months: Incident = { ...drill, id: 9, kind: 'routine', title: 'Routines of March 2026' };

describe('where the terminal plans a command', () => {
  const opened: OpenRecordAsk[] = [];
  const found = async (ask: object, open: Incident[] = [months, drill, incident]): Promise<number> => {
    const openRecord = async (one: OpenRecordAsk) => {
      opened.push(one);
      return drill;
    };
    const parts = {
      recovery: { commands: () => commands } as Pick<Recovery, 'commands'>,
      incidents: { open: async () => open, openRecord } as unknown as Incidents,
    };
    const { mode, ...args } = PlanArgs.parse({ inputs: {}, key: 'terminal_1', ...ask });
    return findPlace(parts, { ...args, ...(mode && { mode }) }, ana);
  };

  it('is an incident for a recovery, whatever else is open', async () => {
    expect(await found({ command: 'failover' })).toBe(7);
    await expect(found({ command: 'failover' }, [])).rejects.toThrow('No incident is open');
  });

  it('is a record of its own for a drill and a routine, asked for once', async () => {
    expect(await found({ command: 'test', drill: true })).toBe(8);
    expect(opened.at(-1)).toEqual({ command: 'test', inputs: {}, requestKey: 'terminal:terminal_1' });
    await found({ command: 'backup', incident: 'INC-7', mode: 'graceful' });
    expect(opened.at(-1)).toMatchObject({ command: 'backup', here: 7, mode: 'graceful' });
    await expect(found({ command: 'backup', drill: true })).rejects.toThrow('is a routine, and no drill');
  });

  it('is named by any label', () => {
    expect(['DRILL-8', 'inc-7', 'ROUTINE-9', 12].map((choice) => IncidentChoice.parse(choice))).toEqual([8, 7, 9, 12]);
    expect(IncidentChoice.safeParse('TEST-8').success).toBe(false);
  });
});

describe('what the terminal shows of a drill', () => {
  it('is under a heading of its own, without a severity or a phase', () => {
    const wire = JSON.parse(JSON.stringify([months, drill, incident]));
    const [real = '', heading, ...others] = presentIncidents(wire).split('\n');
    expect(real).toContain('INC-7');
    expect(heading).toBe('Drills and routines');
    expect(others.map((line) => line.split(/\s+/).slice(0, 2))).toEqual([
      ['ROUTINE-9', 'open'],
      ['DRILL-8', 'open'],
    ]);
  });

  it('has no impact, no page and no audience', () => {
    const view = JSON.parse(JSON.stringify({ ...incidentView, incident: drill }));
    const said = presentStatus({ incident: view, run: null, consents: [] });
    expect(said).toContain('DRILL-8 Drill: test  open');
    expect(said).not.toMatch(/impact|page|investigating/);
  });
});
