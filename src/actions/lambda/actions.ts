import type { Descriptor } from '../kit/define.ts';

export const lambdaActions: readonly Descriptor[] = [];
