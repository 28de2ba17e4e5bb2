import { cp, rm } from 'node:fs/promises';

// What tsc does not carry over: read at run time from beside the compiled code. What is gone here goes there too.
const assets = ['src/store/migrations', 'src/store/pglite-thread.js', 'commands', 'templates'];
for (const folder of assets) {
  await rm(`dist/${folder}`, { recursive: true, force: true });
  await cp(folder, `dist/${folder}`, { recursive: true });
}
