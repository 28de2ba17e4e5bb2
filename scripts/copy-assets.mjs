import { cp } from 'node:fs/promises';

// What tsc does not carry over: read at run time from beside the compiled code.
await cp('src/store/migrations', 'dist/src/store/migrations', { recursive: true });
await cp('sandbox/page', 'dist/sandbox/page', { recursive: true, force: true }).catch((error) => {
  if (error.code !== 'ENOENT') throw error;
});
