import { cp } from 'node:fs/promises';

// What tsc does not carry over: read at run time from beside the compiled code.
const assets = ['src/store/migrations', 'commands', 'templates', 'sandbox/page'];
for (const folder of assets) await cp(folder, `dist/${folder}`, { recursive: true });
