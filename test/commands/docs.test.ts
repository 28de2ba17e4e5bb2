import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { parseCommand } from '../../src/commands/parse-command.ts';
import { home } from './samples.ts';

it('docs/commands.md shows a command that is accepted', async () => {
  const page = await readFile('docs/commands.md', 'utf8');
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  expect(parseCommand(example, 'warm-up.yml', { home, catalogue }).name).toBe('warm-up');
});
