import type { Descriptor } from '../kit/define.ts';
import { checkHttp } from './check.ts';

export const httpActions: readonly Descriptor[] = [checkHttp];
