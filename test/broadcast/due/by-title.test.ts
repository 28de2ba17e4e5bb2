import { describe, expect, it } from '@jest/globals';
import { byTitle } from '../../../src/broadcast/due/by-title.ts';

const steps = [
  { id: 'fence', title: 'Old service takes no more writes' },
  { id: 'promote', title: 'Replica becomes the database' },
];

describe('words for those outside the response', () => {
  it.each([
    ['promote (Replica becomes the database) was done in 8m', '“Replica becomes the database” was done in 8m'],
    ['promote failed: no replica', '“Replica becomes the database” failed: no replica'],
    ['us-east-1 could not be fenced (fence): a guard watches', 'us-east-1 could not be fenced: a guard watches'],
    ['Asked for skipping promote in failover', 'Asked for skipping “Replica becomes the database” in failover'],
    [
      'Asked for deferring fence, a fence, in failover',
      'Asked for deferring “Old service takes no more writes”, a fence, in failover',
    ],
    ['promoted by hand, as promote said', 'promoted by hand, as promote said'],
  ])('name steps by their titles: %s', (written, read) => {
    expect(byTitle(written, steps)).toBe(read);
  });
});
