import type { Descriptor } from '../kit/define.ts';
import { scaleService } from './scale-service.ts';

export const ecsActions: readonly Descriptor[] = [scaleService];
