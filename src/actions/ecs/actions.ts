import type { Descriptor } from '../kit/define.ts';
import { checkService } from './check-service.ts';
import { deploy } from './deploy.ts';
import { rollBack } from './roll-back.ts';
import { scaleService } from './scale-service.ts';

export const ecsActions: readonly Descriptor[] = [checkService, deploy, rollBack, scaleService];
