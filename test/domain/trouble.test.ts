import { expect, it } from '@jest/globals';
import { sayTrouble, withoutNext } from '../../src/domain/trouble.ts';

const trouble = {
  thing: 'rds:dr-database in us-west-2',
  expected: '“Promote the standby” (role standalone) within 30m',
  found: 'Could not read the DB instance dr-database in us-west-2: AWS throttled the request.',
  next: 'wait a minute, then retry promote.',
};

it('names the thing, what was expected, what was found and what to do next', () => {
  expect(sayTrouble(trouble)).toBe(
    'rds:dr-database in us-west-2: expected “Promote the standby” (role standalone) within 30m. Found: Could not read the ' +
      'DB instance dr-database in us-west-2: AWS throttled the request. Next: wait a minute, then retry promote.',
  );
});

it('is told without what to do once nobody has to do it', () => {
  expect(withoutNext(sayTrouble(trouble))).toBe(sayTrouble({ ...trouble, next: null }));
  expect(withoutNext('it was so already')).toBe('it was so already');
});
