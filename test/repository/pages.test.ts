import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type PageOfText, readPages } from './pages.ts';

let pages: PageOfText[];
beforeAll(async () => {
  pages = await readPages();
});

/** Headings as GitHub makes addresses of them. */
function anchorsOf(text: string): string[] {
  const headings = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

describe('links', () => {
  it('lead to files and headings that are there', async () => {
    const broken: string[] = [];
    for (const { file, text } of pages) {
      for (const [, link = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^(https?|mailto):/.test(link)) continue;
        const [path = '', anchor] = link.split('#');
        const target = path === '' ? file : join(dirname(file), path);
        const missing = !existsSync(target);
        const lost = !missing && anchor !== undefined && !anchorsOf(await readFile(target, 'utf8')).includes(anchor);
        if (missing || lost) broken.push(`${file}: ${link}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('lead from docs/README.md to every page beside it', async () => {
    const index = await readFile('docs/README.md', 'utf8');
    const beside = (await readdir('docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(beside.filter((name) => !index.includes(`](${name})`))).toEqual([]);
  });
});

describe('commands', () => {
  it('are scripts of package.json', async () => {
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> };
    const known = new Set([...Object.keys(scripts), 'ci']);
    const named = pages.flatMap(({ text }) =>
      [...text.matchAll(/\bnpm (?:run )?(?:--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => name),
    );
    expect(named).toContain('start');
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('folders', () => {
  it('of src/ are all in docs/architecture.md, and no other', async () => {
    const page = await readFile('docs/architecture.md', 'utf8');
    const told = [...page.matchAll(/^\| `src\/([a-z]+)` \|/gm)].map(([, name]) => name);
    const there = (await readdir('src', { withFileTypes: true })).filter((entry) => entry.isDirectory());
    expect(told.sort()).toEqual(there.map(({ name }) => name).sort());
  });
});

describe('pictures', () => {
  it('are light, and each is shown', async () => {
    const readme = await readFile('README.md', 'utf8');
    const pictures = await readdir('docs/pictures');
    expect(pictures).not.toEqual([]);
    for (const name of pictures) {
      expect((await stat(`docs/pictures/${name}`)).size).toBeLessThanOrEqual(150 * 1024);
      expect(readme).toContain(`docs/pictures/${name}`);
    }
  });
});
