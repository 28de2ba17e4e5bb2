import type { Descriptor } from '../kit/define.ts';

export const dynamodbActions: readonly Descriptor[] = [];
