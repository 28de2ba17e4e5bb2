import type { Descriptor } from '../kit/define.ts';

export const iamActions: readonly Descriptor[] = [];
