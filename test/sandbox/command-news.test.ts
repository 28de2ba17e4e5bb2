import { expect, it } from '@jest/globals';
import { CommandNews, commandNews } from '../../sandbox/command-news.ts';
import { Command } from '../../src/domain/command.ts';

it('offers Muster’s words, and the home’s commands with their inputs', () => {
  const steps = [{ id: 'one', uses: 'human.checkpoint' }];
  const drain = Command.parse({ name: 'drain', title: 'Drain it', inputs: { of: { type: 'string' } }, steps });
  const { commands, words } = CommandNews.parse(JSON.parse(JSON.stringify(commandNews([drain]))));
  expect(commands).toMatchObject([
    { name: 'drain', title: 'Drain it', purpose: 'recovery', confirm: null, approvals: null, promotes: false },
  ]);
  expect(words).toContainEqual({ usage: 'drain [of=…]', does: 'Drain it' });
  expect(words.map(({ usage }) => usage)).toEqual(expect.arrayContaining(['declare', 'help', 'approve CODE']));
});
