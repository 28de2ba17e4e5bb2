import type { Descriptor } from '../kit/define.ts';
import { checkBackups } from './check-backups.ts';
import { checkReplica } from './check-replica.ts';
import { copySnapshot } from './copy-snapshot.ts';
import { createReadReplica } from './create-read-replica.ts';
import { createSnapshot } from './create-snapshot.ts';
import { deleteInstance } from './delete-instance.ts';
import { fence } from './fence.ts';
import { promoteReadReplica } from './promote-read-replica.ts';
import { restoreSnapshot } from './restore-snapshot.ts';
import { restoreToTime } from './restore-to-time.ts';
import { selectSnapshot } from './select-snapshot.ts';
import { swapIdentifier } from './swap-identifier.ts';

export const rdsActions: readonly Descriptor[] = [
  checkReplica,
  promoteReadReplica,
  checkBackups,
  copySnapshot,
  createSnapshot,
  deleteInstance,
  restoreSnapshot,
  restoreToTime,
  selectSnapshot,
  createReadReplica,
  fence,
  swapIdentifier,
];
