import { describe, expect, it } from '@jest/globals';
import { readTimes } from '../../src/domain/cron.ts';
import { sortOut } from '../../src/schedules/occurrences.ts';

const hourMs = 3_600_000;

function sorted(expression: string, since: string, now: string, withinMs: number) {
  const times = readTimes(expression, 'Europe/Berlin');
  if (typeof times === 'string') throw new Error(times);
  const { waiting, missed } = sortOut(times, { since: new Date(since), now: new Date(now), withinMs });
  return { waiting: waiting?.toISOString() ?? null, missed: missed.map((at) => at.toISOString()) };
}

describe('what came due since the last look', () => {
  it('is nothing before its time', () => {
    expect(sorted('0 6 * * *', '2026-11-21T05:00:00Z', '2026-11-22T04:59:59Z', 12 * hourMs)).toEqual({
      waiting: null,
      missed: [],
    });
  });

  it('waits from its very second on', () => {
    expect(sorted('0 6 * * *', '2026-11-21T05:00:00Z', '2026-11-22T05:00:00Z', 12 * hourMs)).toEqual({
      waiting: '2026-11-22T05:00:00.000Z',
      missed: [],
    });
  });

  it('does not come again once it was looked at', () => {
    expect(sorted('0 6 * * *', '2026-11-22T05:00:00Z', '2026-11-22T05:00:01Z', 12 * hourMs).waiting).toBeNull();
  });

  it('after three days without Muster is the newest alone; the older ones are missed', () => {
    expect(sorted('0 6 * * *', '2026-11-19T05:00:00Z', '2026-11-22T09:00:00Z', 12 * hourMs)).toEqual({
      waiting: '2026-11-22T05:00:00.000Z',
      missed: ['2026-11-20T05:00:00.000Z', '2026-11-21T05:00:00.000Z'],
    });
  });

  it('is missed, the newest too, when its time to begin is over', () => {
    expect(sorted('0 6 * * *', '2026-11-20T05:00:00Z', '2026-11-22T17:00:00Z', 12 * hourMs)).toEqual({
      waiting: null,
      missed: ['2026-11-21T05:00:00.000Z', '2026-11-22T05:00:00.000Z'],
    });
  });

  it('counts a night in which the clocks change once for each day', () => {
    expect(sorted('30 2 * * *', '2026-10-23T12:00:00Z', '2026-10-26T12:00:00Z', 20 * hourMs)).toEqual({
      waiting: '2026-10-26T01:30:00.000Z',
      missed: ['2026-10-24T00:30:00.000Z', '2026-10-25T00:30:00.000Z'],
    });
    expect(sorted('30 2 * * *', '2026-03-27T12:00:00Z', '2026-03-30T12:00:00Z', 20 * hourMs)).toEqual({
      waiting: '2026-03-30T00:30:00.000Z',
      missed: ['2026-03-28T01:30:00.000Z', '2026-03-29T01:30:00.000Z'],
    });
  });

  it('of a very long absence is written down as far as a thousand times', () => {
    const { waiting, missed } = sorted('* * * * *', '2026-11-20T00:00:00Z', '2026-11-22T00:00:30Z', 60_000);
    expect(waiting).toBe('2026-11-22T00:00:00.000Z');
    expect(missed).toHaveLength(999);
    expect(missed.at(-1)).toBe('2026-11-21T23:59:00.000Z');
  });
});
