import type { Descriptor } from '../kit/define.ts';
import { checkReplica } from './check-replica.ts';
import { promoteReadReplica } from './promote-read-replica.ts';

export const rdsActions: readonly Descriptor[] = [checkReplica, promoteReadReplica];
