import { describe, expect, it } from '@jest/globals';
import { refuseUnless } from '../../src/domain/person.ts';

describe('who may not', () => {
  it('is told who may, and who assigns the role', () => {
    expect(() => refuseUnless(new Set(['responders']), 'publish')).toThrow(
      'Only a publisher may send words to customers or the public, and you are not one here. A commander can assign you a role.',
    );
  });

  it('is not sent to a commander when they command', () => {
    const refused = () => refuseUnless(new Set(['commanders']), 'publish');
    expect(refused).toThrow('You can assign one: /dr assign publisher @user.');
    expect(refused).not.toThrow('A commander can assign');
  });
});
