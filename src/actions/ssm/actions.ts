import type { Descriptor } from '../kit/define.ts';
import { checkParameters } from './check-parameters.ts';
import { setParameter } from './set-parameter.ts';

export const ssmActions: readonly Descriptor[] = [checkParameters, setParameter];
