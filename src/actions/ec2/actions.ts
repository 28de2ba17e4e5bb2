import type { Descriptor } from '../kit/define.ts';

export const ec2Actions: readonly Descriptor[] = [];
