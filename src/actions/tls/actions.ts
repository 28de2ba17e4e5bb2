import type { Descriptor } from '../kit/define.ts';

export const tlsActions: readonly Descriptor[] = [];
