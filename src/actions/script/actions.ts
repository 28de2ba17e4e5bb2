import type { Descriptor } from '../kit/define.ts';
import { checkScript } from './check.ts';
import { runScript } from './run.ts';

export const scriptActions: readonly Descriptor[] = [runScript, checkScript];
