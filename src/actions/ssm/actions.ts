import type { Descriptor } from '../kit/define.ts';

export const ssmActions: readonly Descriptor[] = [];
