import type { Descriptor } from '../kit/define.ts';
import { checklist } from './checklist.ts';
import { checkpoint } from './checkpoint.ts';

export const manualActions: readonly Descriptor[] = [checkpoint, checklist];
