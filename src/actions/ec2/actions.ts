import type { Descriptor } from '../kit/define.ts';
import { isolateInstance } from './isolate-instance.ts';
import { lockDownGroup } from './lock-down-group.ts';
import { snapshotEvidence } from './snapshot-evidence.ts';

export const ec2Actions: readonly Descriptor[] = [isolateInstance, lockDownGroup, snapshotEvidence];
