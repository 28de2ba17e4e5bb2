import type { Descriptor } from '../kit/define.ts';

export const secretsActions: readonly Descriptor[] = [];
