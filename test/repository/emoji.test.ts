import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';

it('the page of the sandbox draws every emoji that the templates name', async () => {
  const page = await readFile('sandbox/page/emoji.js', 'utf8');
  const files = await readdir('templates');
  const texts = await Promise.all(files.map((file) => readFile(`templates/${file}`, 'utf8')));
  const named = new Set(
    texts.flatMap((text) => [...text.matchAll(/(?<!\w):([a-z_]+):(?!\w)/g)].map(([, name]) => name)),
  );
  expect(named).toContain('rotating_light');
  expect([...named].filter((name) => !page.includes(`  ${name}: `))).toEqual([]);
});
