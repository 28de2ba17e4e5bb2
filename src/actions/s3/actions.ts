import type { Descriptor } from '../kit/define.ts';

export const s3Actions: readonly Descriptor[] = [];
