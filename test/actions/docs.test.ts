import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { renderActionsPage } from '../../src/actions/docs.ts';

it('docs/actions.md is what the actions say of themselves: npm run generate writes it', async () => {
  expect(await readFile('docs/actions.md', 'utf8')).toBe(renderActionsPage(catalogue));
});

it('says of every input and output what it means or may be', () => {
  const page = renderActionsPage(catalogue);
  for (const { name, input, output } of catalogue.list()) {
    expect(page).toContain(`## ${name}\n`);
    for (const field of [...Object.keys(input.shape), ...Object.keys(output.shape)])
      expect(page).toContain(`\`${field}\``);
  }
  expect(page).not.toContain('undefined');
});
