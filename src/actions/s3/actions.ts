import type { Descriptor } from '../kit/define.ts';
import { checkBucket } from './check-bucket.ts';
import { checkReplication } from './check-replication.ts';
import { copyPrefix } from './copy-prefix.ts';
import { ensureBucket } from './ensure-bucket.ts';
import { ensureReplication } from './ensure-replication.ts';
import { ensureVersioning } from './ensure-versioning.ts';

export const s3Actions: readonly Descriptor[] = [
  checkBucket,
  checkReplication,
  copyPrefix,
  ensureBucket,
  ensureReplication,
  ensureVersioning,
];
