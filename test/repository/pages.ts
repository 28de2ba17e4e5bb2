import { readdir, readFile } from 'node:fs/promises';

export interface PageOfText {
  file: string;
  text: string;
}

/** What people read beside the code. */
export async function readPages(): Promise<PageOfText[]> {
  const docs = (await readdir('docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`);
  const files = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...docs];
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(file, 'utf8') })));
}
