import { describe, expect, it } from '@jest/globals';
import { readTimes, shortestGapMs, type Times } from '../../src/domain/cron.ts';

const hourMs = 3_600_000;

function timesOf(expression: string, timezone = 'Europe/Berlin'): Times {
  const times = readTimes(expression, timezone);
  if (typeof times === 'string') throw new Error(times);
  return times;
}

function nextFew(expression: string, from: string, count: number, timezone?: string): string[] {
  const times = timesOf(expression, timezone);
  const found: string[] = [];
  let at: Date | null = new Date(from);
  while (found.length < count) {
    at = times.next(at);
    if (at === null) return found;
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

describe('a cron expression', () => {
  it('is of the local day, also where the clocks change', () => {
    expect(nextFew('0 6 * * *', '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T05:00',
      '2026-03-29T04:00',
      '2026-03-30T04:00',
    ]);
    expect(nextFew('0 6 * * *', '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T04:00',
      '2026-10-25T05:00',
      '2026-10-26T05:00',
    ]);
  });

  it('occurs once in a day of which its hour is left out, and once where its hour comes twice', () => {
    expect(nextFew('30 2 * * *', '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ]);
    expect(nextFew('30 2 * * *', '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T00:30',
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });

  it('goes on from every instant to a later one, hour by hour through a night without 02:00', () => {
    expect(nextFew('0 * * * *', '2026-03-28T23:30Z', 4)).toEqual([
      '2026-03-29T00:00',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
      '2026-03-29T03:00',
    ]);
  });

  it('never goes back within the hour that comes twice', () => {
    expect(nextFew('*/15 * * * *', '2026-10-25T00:40Z', 2)).toEqual(['2026-10-25T00:45', '2026-10-25T02:00']);
    expect(nextFew('*/15 * * * *', '2026-10-25T01:05Z', 2)).toEqual(['2026-10-25T02:00', '2026-10-25T02:15']);
  });

  it.each(['61 * * * *', '0 6 * JANN *', '0 25 * * *'])('is none when it reads %s', (expression) => {
    expect(typeof readTimes(expression, 'UTC')).toBe('string');
  });

  it.each(['@daily', '0 6 * * * *', '* * *', ''])('has five fields, unlike "%s"', (expression) => {
    expect(readTimes(expression, 'UTC')).toMatch(/^expected five fields .*, found \d$/);
  });

  it('is refused in words, without what its parser made of it', () => {
    expect(readTimes('-1 6 * * *', 'UTC')).toBe('syntax error, illegal lower range');
  });

  it('may never occur', () => {
    expect(timesOf('0 0 31 2 *').next(new Date('2026-01-01'))).toBeNull();
    expect(timesOf('0 0 29 2 *', 'UTC').next(new Date('2026-03-01'))).toEqual(new Date('2028-02-29T00:00Z'));
  });

  it('has a shortest gap, which in spring is an hour less than a day', () => {
    expect(shortestGapMs(timesOf('0 6 * * *', 'UTC'), new Date('2026-01-01'))).toBe(24 * hourMs);
    expect(shortestGapMs(timesOf('0 6 * * *'), new Date('2026-01-01'))).toBe(23 * hourMs);
    expect(shortestGapMs(timesOf('0 9 1 1,4,7,10 *', 'UTC'), new Date('2026-01-01'))).toBe(90 * 24 * hourMs);
  });
});
