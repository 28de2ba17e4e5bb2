import { describe, expect, it } from '@jest/globals';
import { sayList } from '../../src/broadcast/templates/say-list.ts';
import { sayClock } from '../../src/broadcast/templates/say-time.ts';
import { sayInstant } from '../../src/domain/say-instant.ts';

describe('a time', () => {
  it.each([
    ['2026-03-01T13:30:00Z', 'Europe/Berlin', '14:30 CET (13:30 UTC)'],
    ['2026-07-01T12:30:00Z', 'Europe/Berlin', '14:30 CEST (12:30 UTC)'],
    ['2026-03-01T19:30:00Z', 'America/New_York', '14:30 EST (19:30 UTC)'],
    ['2026-03-01T23:05:00Z', 'Asia/Tokyo', '08:05 GMT+9 (23:05 UTC)'],
    ['2026-03-01T00:00:00Z', 'UTC', '00:00 UTC'],
    ['2026-02-28T23:00:00Z', 'Europe/Berlin', '00:00 CET (23:00 UTC)'],
  ])('%s in %s is %s', (at, timezone, said) => {
    expect(sayClock(new Date(at), timezone)).toBe(said);
  });

  it('of another day has its date', () => {
    expect(sayInstant(new Date('2026-03-01T13:05:00Z'), 'Europe/Berlin')).toBe('2026-03-01 14:05 CET (13:05 UTC)');
  });

  it('of another day at home has both', () => {
    expect(sayInstant(new Date('2026-02-28T23:30:00Z'), 'Europe/Berlin')).toBe(
      '2026-03-01 00:30 CET (2026-02-28 23:30 UTC)',
    );
  });
});

describe('a list', () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `s${at + 1}`);
  it('is whole while it can be read at a glance, and counted when it cannot', () => {
    expect(sayList([])).toBe('');
    expect(sayList(names(2))).toBe('s1, s2');
    expect(sayList(names(11))).toBe(names(11).join(', '));
    expect(sayList(names(12))).toBe(`${names(10).join(', ')} and 2 more`);
  });
});
