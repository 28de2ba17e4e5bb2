import type { Descriptor } from '../kit/define.ts';

export const terraformActions: readonly Descriptor[] = [];
