import { expect, it } from '@jest/globals';
import { suggest } from '../../../../sandbox/web/src/talk/compose/suggest.ts';

const words = [
  { usage: 'declare', does: 'declare an incident' },
  { usage: 'failover [tasks=…]', does: 'fail over' },
  { usage: 'plan failover', does: 'show it' },
  { usage: 'approve CODE', does: 'approve it' },
];
const lines = (typed: string) => suggest(typed, '/dr', words).map((one) => one.line);

it('offers every word from the first stroke on', () => {
  expect(lines('/')).toEqual(['/dr declare ', '/dr failover ', '/dr plan failover ', '/dr approve ']);
  expect(lines('/dr ')).toHaveLength(4);
});

it('completes what has been begun, up to what somebody has to think of', () => {
  expect(lines('/dr pl')).toEqual(['/dr plan failover ']);
  expect(lines('/dr fa')).toEqual(['/dr failover ']);
});

it('goes on showing how a word is used, once it stands there', () => {
  expect(suggest('/dr approve ED', '/dr', words)).toEqual([{ usage: 'approve CODE', does: 'approve it', line: null }]);
});

it('is silent about all else', () => {
  for (const typed of ['', 'hello', '/other', '/dr nothing', '/dr fa\nmore']) expect(lines(typed)).toEqual([]);
});
