import { checkMetric } from './cloudwatch/check-metric.ts';
import { scaleService } from './ecs/scale-service.ts';
import { checkTargets } from './elb/check-targets.ts';
import { checkHttp } from './http/check.ts';
import type { Descriptor } from './kit/define.ts';
import { checkpoint } from './manual/checkpoint.ts';
import { checkReplica } from './rds/check-replica.ts';
import { promoteReadReplica } from './rds/promote-read-replica.ts';
import { switchStandby } from './route53/switch-standby.ts';
import { upsertRecord } from './route53/upsert-record.ts';
import { assertSql } from './sql/assert.ts';

/** Every action there is, by name. */
export const descriptors: readonly Descriptor[] = [
  checkMetric,
  scaleService,
  checkTargets,
  checkHttp,
  checkpoint,
  checkReplica,
  promoteReadReplica,
  switchStandby,
  upsertRecord,
  assertSql,
];
