import type { Descriptor } from '../kit/define.ts';
import { publish } from './publish.ts';
import { retirePrevious } from './retire-previous.ts';
import { rotate } from './rotate.ts';

export const secretsActions: readonly Descriptor[] = [publish, retirePrevious, rotate];
