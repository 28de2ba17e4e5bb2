import { describe, expect, it } from '@jest/globals';
import type { OccurrenceView } from '../../../src/domain/schedule.ts';
import { presentOccurrence, presentTold } from '../../../src/slack/presenters/schedule.ts';
import { townHome as home } from '../../support/town.ts';
import { now } from '../views.ts';

const why = 'export-tables cannot start: main has no point-in-time recovery.';
const occurrence = (over: Partial<OccurrenceView> = {}): OccurrenceView => ({
  id: 'occ_1',
  schedule: 'exports',
  command: 'export-tables',
  title: 'Export every table',
  owner: 'ana',
  dueAt: now,
  until: now,
  state: 'asked',
  incidentId: null,
  runId: null,
  why: null,
  endedBy: null,
  endedAt: null,
  outcome: null,
  incident: null,
  timezone: home.timezone,
  now,
  simulated: false,
  ...over,
});

describe('the card of what is scheduled', () => {
  it('offers to start it, and to try again what could not start', () => {
    const buttons = (view: OccurrenceView) =>
      JSON.stringify(presentOccurrence(view, home).blocks).match(/"(Start|Try again)"/g);
    expect(buttons(occurrence())).toEqual(['"Start"']);
    expect(buttons(occurrence({ why }))).toEqual(['"Try again"']);
  });

  it('ends a reason with one full stop, whoever has written it', () => {
    for (const reason of [why, why.slice(0, -1)]) {
      const missed = occurrence({ state: 'missed', why: reason });
      expect(presentOccurrence(missed, home).text).toMatch(/recovery\.$/);
      expect(presentOccurrence(occurrence({ why: reason }), home).text).toMatch(/recovery\.\n/);
      const told = {
        kind: 'schedule-told',
        occurrenceId: 'occ_1',
        what: 'missed',
        earlier: 1,
        mention: false,
      } as const;
      expect(presentTold(told, missed, home).text).toMatch(/recovery\. So was the one before it\.$/);
    }
    expect(presentOccurrence(occurrence({ state: 'missed' }), home).text).toMatch(/\*Missed\*\.$/);
  });
});
