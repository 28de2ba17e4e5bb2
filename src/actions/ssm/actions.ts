import type { Descriptor } from '../kit/define.ts';
import { checkParameters } from './check-parameters.ts';
import { readParameterAction } from './read-parameter.ts';
import { setParameter } from './set-parameter.ts';

export const ssmActions: readonly Descriptor[] = [checkParameters, readParameterAction, setParameter];
