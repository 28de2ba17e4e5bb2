import { describe, expect, it } from '@jest/globals';
import { clockTime, difference, duration, harmless, jsonLine, table } from '../../src/cli/present/text.ts';

describe('text for a terminal', () => {
  it('lines up columns and leaves nothing behind the last', () => {
    expect(
      table([
        ['a', 'bb', 'c'],
        ['aaa', '', ''],
      ]),
    ).toEqual(['  a    bb  c', '  aaa']);
    expect(table([])).toEqual([]);
  });

  it('says a length of time in at most two units', () => {
    expect([0, 45_000, 520_000, 3_600_000 * 5 + 61_000].map(duration)).toEqual(['0ms', '45s', '8m 40s', '5h 1m']);
  });

  it('shows the system’s own time first, with UTC beside it, once', () => {
    expect(clockTime('2026-03-01T14:05:09Z', 'UTC')).toBe('14:05:09 UTC');
    expect(clockTime('2026-03-01T14:05:09Z', 'Europe/Berlin')).toBe('15:05:09 CET (14:05 UTC)');
  });

  it('names only what differs', () => {
    expect(difference({ count: 2, name: 'app' }, { count: 10, name: 'app', minimum: 4 })).toBe(
      'count 2 → 10, minimum (nothing) → 4',
    );
  });

  it('keeps what a person typed from steering the terminal', () => {
    expect(harmless('down\u001b]0;owned\u0007\u001b[2J \u202Egnp\r\nnext\tline')).toBe(
      'down]0;owned[2J gnp\nnext\tline',
    );
  });

  it('writes JSON that is both harmless and exact', () => {
    const value = { title: 'a\u001b[2J\u009b\u202E\u{E0001}é' };
    const line = jsonLine(value);
    expect(harmless(line)).toBe(line);
    expect(JSON.parse(line)).toEqual(value);
  });
});
