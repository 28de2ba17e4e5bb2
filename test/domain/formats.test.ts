import { expect, it } from '@jest/globals';
import { dateFormat, listFormat } from '../../src/domain/formats.ts';

it('makes each way of writing once', () => {
  const inBerlin = dateFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
  expect(dateFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' })).toBe(inBerlin);
  expect(listFormat('disjunction')).toBe(listFormat('disjunction'));
});

it('keeps apart what is written differently', () => {
  const noon = new Date('2026-03-01T12:00:00Z');
  const at = (locale: string, timeZone: string, timeStyle: 'short' | 'medium') =>
    dateFormat(locale, { timeZone, timeStyle }).format(noon);
  expect([
    at('en-GB', 'UTC', 'short'),
    at('en-GB', 'Europe/Berlin', 'short'),
    at('en-GB', 'UTC', 'medium'),
    at('en-US', 'UTC', 'short'),
  ]).toEqual(['12:00', '13:00', '12:00:00', expect.stringMatching(/^12:00\sPM$/)]);
  expect([listFormat().format(['a', 'b', 'c']), listFormat('disjunction').format(['a', 'b', 'c'])]).toEqual([
    'a, b and c',
    'a, b or c',
  ]);
});
