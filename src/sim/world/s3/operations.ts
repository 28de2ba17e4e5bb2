import type { Operations } from '../operation.ts';
import { bucketOperations } from './buckets.ts';
import { copyOperations } from './copy.ts';
import { objectOperations } from './objects.ts';
import { replicationOperations } from './replication.ts';

export const s3Operations: Operations = {
  ...bucketOperations,
  ...replicationOperations,
  ...objectOperations,
  ...copyOperations,
};
