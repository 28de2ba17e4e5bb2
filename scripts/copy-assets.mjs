import { cp, rm } from 'node:fs/promises';

// What tsc does not carry over: read at run time from beside the compiled code. What is gone in them goes there too.
const assets = ['src/store/migrations', 'src/store/pglite-thread.js', 'commands', 'templates'];
for (const asset of assets) {
  await rm(`dist/${asset}`, { recursive: true, force: true });
  await cp(asset, `dist/${asset}`, { recursive: true });
}
