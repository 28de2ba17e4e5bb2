import type { Descriptor } from '../kit/define.ts';
import { switchStandby } from './switch-standby.ts';
import { upsertRecord } from './upsert-record.ts';

export const route53Actions: readonly Descriptor[] = [switchStandby, upsertRecord];
