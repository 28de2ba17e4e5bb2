import { describe, expect, it } from '@jest/globals';
import { nearest, suggestion } from '../../src/domain/nearest.ts';

describe('the nearest word', () => {
  it.each([
    ['staus', 'status'],
    ['STATUS', 'status'],
    ['resolv', 'resolve'],
    ['faliover', 'failover'],
    ['ststsu', undefined],
    ['banana', undefined],
  ])('to %s is %s', (typed, word) => {
    expect(nearest(typed, ['status', 'resolve', 'failover'])).toBe(word);
  });

  it('is not looked for in what somebody pasted', () => {
    const known = Array.from({ length: 5_000 }, (_, index) => `Continent/City-of-number-${index}`);
    expect(nearest('x'.repeat(2_000_000), known)).toBeUndefined();
  });

  it('is replaced by all that are known where none is near', () => {
    expect(suggestion('banana', ['status', 'list'])).toBe('known: status, list');
    expect(suggestion('banana', [])).toBe('none is known here');
  });
});
