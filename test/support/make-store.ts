import { mkdir } from 'node:fs/promises';
import { startSimulatedMuster } from './simulated-muster.ts';

/** Leaves a store in the folder that is named, as a Muster that has started once and done nothing leaves it. */
const folder = process.argv[2] ?? '';
await mkdir(folder, { recursive: true });
const muster = await startSimulatedMuster({ env: { MUSTER_DATA: folder } });
await muster.close();
process.exit(0);
