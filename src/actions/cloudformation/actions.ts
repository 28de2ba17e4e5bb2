import type { Descriptor } from '../kit/define.ts';

export const cloudformationActions: readonly Descriptor[] = [];
