import { describe, expect, it } from '@jest/globals';
import { sayOutput } from '../../src/domain/say-output.ts';

describe('what a step has read, in words', () => {
  it('names each output that is one for people', () => {
    const output = { items: 47_500, newest_at: '2026-03-01T14:05:00Z', arn: 'arn:aws:x', none: null, open: false };
    expect(sayOutput(output)).toBe('items 47,500, newest at 2026-03-01 14:05:00 UTC, open no');
    expect(sayOutput({ row: { enough: true } })).toBe('enough yes');
    expect(sayOutput({ long: 'x'.repeat(61), list: ['a'] })).toBeNull();
  });
});
