import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { readSettings } from '../../src/config/settings.ts';

/** The names that the program asks its environment for. */
function namesRead(): string[] {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string>>(
    {},
    {
      getOwnPropertyDescriptor: (_target, name) => {
        asked.add(String(name));
        return undefined;
      },
    },
  );
  readSettings(environment);
  return [...asked].sort();
}

it('docs/configuration.md has every variable that is read, and no other', async () => {
  const page = await readFile('docs/configuration.md', 'utf8');
  const documented = [...page.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(documented.sort()).toEqual(namesRead());
});

it('no page names a variable that is not read', async () => {
  const read = namesRead();
  for (const file of ['README.md', 'CONTRIBUTING.md', 'docs/slack.md', 'docs/sandbox.md', 'docs/operations.md']) {
    const named = [...(await readFile(file, 'utf8')).matchAll(/\b(?:MUSTER|SLACK|STATUSPAGE)_[A-Z_]+\b/g)];
    expect(named.map(([name]) => name).filter((name) => !read.includes(name))).toEqual([]);
  }
});
