import { expect, it } from '@jest/globals';
import { share } from '../../../../sandbox/web/src/talk/state/share.ts';

it('keeps what did not change as the same objects', () => {
  const before = [
    { ts: '1', blocks: [{ text: 'a' }] },
    { ts: '2', blocks: [{ text: 'b' }, { text: 'c' }] },
  ];
  const told = structuredClone(before);
  expect(share(before, told)).toBe(before);
  told[1]?.blocks.splice(0, 1, { text: 'B' });
  const after = share(before, [...told, { ts: '3', blocks: [] }]);
  expect(after[0]).toBe(before[0]);
  expect(after[1]).not.toBe(before[1]);
  expect(after[1]?.blocks[1]).toBe(before[1]?.blocks[1]);
  expect(after).toEqual([before[0], { ts: '2', blocks: [{ text: 'B' }, { text: 'c' }] }, { ts: '3', blocks: [] }]);
});

it('sees what has gone', () => {
  expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  expect(share([1, 2], [1])).toEqual([1]);
  expect(share({ a: null }, { a: {} })).toEqual({ a: {} });
});
