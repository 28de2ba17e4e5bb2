import { describe, expect, it } from '@jest/globals';
import type { Occurrence } from '../../src/domain/schedule.ts';
import { writeScheduled } from '../../src/reports/scheduled.ts';

function occurrence(over: Partial<Occurrence>): Occurrence {
  const dueAt = new Date('2026-11-22T06:00:00Z');
  const none = { incidentId: null, runId: null, outcome: null, endedBy: null, why: null, endedAt: null };
  return { id: 'copies@1', schedule: 'copies', dueAt, until: dueAt, state: 'missed', ...none, ...over };
}

describe('what was due in a month', () => {
  it('is written with what became of it, the missed ones counted and never left out', () => {
    const lines = writeScheduled({
      scheduled: [
        occurrence({ state: 'done', runId: 'run_1', outcome: 'succeeded' }),
        occurrence({ why: 'nobody started it' }),
        occurrence({ state: 'declined', endedBy: 'ana', why: 'the *window* is full' }),
        occurrence({ state: 'asked' }),
      ],
    });
    expect(lines).toEqual([
      '## What was scheduled',
      '',
      'Of 4 times that something was due, **1 was missed**.',
      '',
      '| Schedule | Due (UTC) | Became | How or why |',
      '| --- | --- | --- | --- |',
      '| copies | 2026-11-22 06:00:00 | succeeded | run\\_1 |',
      '| copies | 2026-11-22 06:00:00 | **missed** | nobody started it |',
      '| copies | 2026-11-22 06:00:00 | declined | ana: the \\*window\\* is full |',
      '| copies | 2026-11-22 06:00:00 | asked |   |',
      '',
    ]);
  });

  it('is nothing where nothing was due', () => {
    expect(writeScheduled({ scheduled: [] })).toEqual([]);
  });
});
