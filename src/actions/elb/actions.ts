import type { Descriptor } from '../kit/define.ts';
import { checkTargets } from './check-targets.ts';

export const elbActions: readonly Descriptor[] = [checkTargets];
