import { describe, expect, it } from '@jest/globals';
import { nameMembers } from '../../src/domain/identity.ts';
import { groundHome } from '../incidents/ground.ts';

describe('members of Slack in words from the record', () => {
  const home = { ...groundHome, people: { eve: { slack: 'U0EVE12345' } } };
  const say = { known: (name: string) => name, unknown: () => 'a colleague' };

  it.each([
    ['skipped: U0EVE12345: seen by hand', 'skipped: eve: seen by hand'],
    ['skipped: U0XYZ98765: UNAVAILABLE', 'skipped: a colleague: UNAVAILABLE'],
  ])('are named, and nobody by an id: %s', (written, read) => {
    expect(nameMembers(home, written, say)).toBe(read);
  });
});
