import type { Operations } from '../operation.ts';
import { groupOperations } from './groups.ts';
import { instanceOperations } from './instances.ts';
import { snapshotOperations } from './snapshots.ts';

export const ec2Operations: Operations = { ...groupOperations, ...instanceOperations, ...snapshotOperations };
