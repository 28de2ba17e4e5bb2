import { describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { parseCommand } from '../../src/commands/parse-command.ts';
import { faultsOf, home } from './samples.ts';

const command = (items: string, timeout = '4h') => `name: tried
title: Tried
inputs: { where: { type: string, default: here } }
steps:
  - { id: first, uses: manual.checkpoint, with: { instructions: Look }, timeout: 1h }
  - id: well
    uses: manual.checklist
    timeout: ${timeout}
    with:
      items: ${items}
`;

const faultsIn = (items: string, timeout?: string): string[] =>
  faultsOf(() => parseCommand(command(items, timeout), 'tried.yml', { home, catalogue }));

describe('a checklist', () => {
  it('takes owners that are people or roles, and words that are known before the run', () => {
    const text = '"${{ \'Look at \' + inputs.where }}"';
    expect(faultsIn(`[{ id: a, text: ${text}, owner: ben, due: 4h }, { id: b, text: B, owner: approvers }]`)).toEqual(
      [],
    );
  });

  it.each([
    [
      'an owner whom nobody can find',
      '[{ id: a, text: A, owner: approver }]',
      'approver is nobody in people and no role of muster.yml: did you mean approvers?',
    ],
    ['an owner by title', '[{ id: a, text: A, owner: Product Owner }]', 'Product Owner is nobody in people'],
    [
      'what is due after the step has ended',
      '[{ id: a, text: A, due: 5h }]',
      'due 5h is after the step itself ends (timeout: 4h)',
    ],
    ['items that are computed', '"${{ [] }}"', 'the items of a checklist are written out'],
    [
      'an owner that is computed',
      '[{ id: a, text: A, owner: "${{ inputs.where }}" }]',
      'owner of an item is written out',
    ],
    [
      'words that an earlier step gives',
      '[{ id: a, text: "${{ steps.first.output.note }}" }]',
      'the text of an item is known before the run',
    ],
    ['one id twice', '[{ id: a, text: A }, { id: a, text: B }]', 'expected each id once'],
    ['no items', '[]', 'items: expected at least 1 of them, found 0'],
    ['a text that Slack would cut', `[{ id: a, text: ${'x'.repeat(76)} }]`, 'expected at most 75 characters'],
    ['a due that is no length of time', '[{ id: a, text: A, due: soon }]', 'expected a duration'],
  ])('refuses %s', (_, items, fault) => {
    expect(faultsIn(items).join('\n')).toContain(fault);
  });
});

describe('a checkpoint', () => {
  const faultsOfWho = (who: string): string[] => {
    const text = command('[{ id: a, text: A }]').replace(
      '{ instructions: Look }',
      `{ instructions: Look, who: ${who} }`,
    );
    return faultsOf(() => parseCommand(text, 'tried.yml', { home, catalogue }));
  };

  it('is for a person or a role that can be found', () => {
    expect([...faultsOfWho('ben'), ...faultsOfWho('approvers')]).toEqual([]);
    expect(faultsOfWho('approver').join()).toContain('approver is nobody in people and no role of muster.yml');
  });
});
