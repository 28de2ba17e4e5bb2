import { cloudformationActions } from './cloudformation/actions.ts';
import { cloudwatchActions } from './cloudwatch/actions.ts';
import { dynamodbActions } from './dynamodb/actions.ts';
import { ec2Actions } from './ec2/actions.ts';
import { ecsActions } from './ecs/actions.ts';
import { elbActions } from './elb/actions.ts';
import { httpActions } from './http/actions.ts';
import { iamActions } from './iam/actions.ts';
import type { Descriptor } from './kit/define.ts';
import { lambdaActions } from './lambda/actions.ts';
import { manualActions } from './manual/actions.ts';
import { rdsActions } from './rds/actions.ts';
import { route53Actions } from './route53/actions.ts';
import { s3Actions } from './s3/actions.ts';
import { scriptActions } from './script/actions.ts';
import { secretsActions } from './secrets/actions.ts';
import { sqlActions } from './sql/actions.ts';
import { ssmActions } from './ssm/actions.ts';
import { terraformActions } from './terraform/actions.ts';
import { tlsActions } from './tls/actions.ts';

/** Every action there is, by family. */
export const descriptors: readonly Descriptor[] = [
  ...cloudformationActions,
  ...cloudwatchActions,
  ...dynamodbActions,
  ...ec2Actions,
  ...ecsActions,
  ...elbActions,
  ...httpActions,
  ...iamActions,
  ...lambdaActions,
  ...manualActions,
  ...rdsActions,
  ...route53Actions,
  ...s3Actions,
  ...scriptActions,
  ...secretsActions,
  ...sqlActions,
  ...ssmActions,
  ...terraformActions,
  ...tlsActions,
];
