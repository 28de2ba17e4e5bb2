import type { Descriptor } from '../kit/define.ts';
import { checkMetric } from './check-metric.ts';

export const cloudwatchActions: readonly Descriptor[] = [checkMetric];
