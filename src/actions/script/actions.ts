import type { Descriptor } from '../kit/define.ts';

export const scriptActions: readonly Descriptor[] = [];
