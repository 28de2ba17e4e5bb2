import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generated } from './generated.ts';

// Run from the root of the repository: rewrites every file that is made from code.
for (const [path, make] of Object.entries(generated)) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, make());
  process.stdout.write(`${path}\n`);
}
