import type { CloudAnswer, CloudCall } from '../call.ts';
import { hostRegion } from '../services.ts';
import { quotaOperations, stsOperations } from './account.ts';
import { cloudFormationOperations } from './cloudformation/operations.ts';
import { cloudwatchOperations } from './cloudwatch.ts';
import { alarmOperations } from './dynamodb/alarms.ts';
import { dynamoDbOperations } from './dynamodb/operations.ts';
import { ec2Operations } from './ec2/operations.ts';
import { ecsOperations } from './ecs/operations.ts';
import { scalableOperations } from './ecs/scalable.ts';
import { elbOperations } from './elb/operations.ts';
import { iamOperations } from './iam/operations.ts';
import { lambdaOperations } from './lambda/operations.ts';
import { isDark } from './model.ts';
import type { Operation, Operations } from './operation.ts';
import { scriptOperations } from './programs/jobs.ts';
import { terraformOperations } from './programs/terraform.ts';
import { databaseChanges } from './rds/change.ts';
import { databaseReadings } from './rds/describe.ts';
import { snapshotChanges } from './rds/make-snapshot.ts';
import { backupReadings } from './rds/read-backups.ts';
import { restoreChanges } from './rds/restore.ts';
import { CloudRefusal } from './refuse.ts';
import { changeOperations } from './route53/change.ts';
import { dnsReadings } from './route53/read.ts';
import { s3Operations } from './s3/operations.ts';
import { secretsOperations } from './secrets/operations.ts';
import { sqlOperations } from './sql/query.ts';
import { ssmOperations } from './ssm/operations.ts';
import type { State } from './state.ts';
import { answerAfter, answerInstead, findStrike, noAnswer } from './strike.ts';
import { settle } from './timeline.ts';
import { tlsOperations } from './tls.ts';
import { dnsOperations, webOperations } from './web.ts';

const services: Readonly<Record<string, Operations>> = {
  rds: { ...databaseReadings, ...backupReadings, ...databaseChanges, ...snapshotChanges, ...restoreChanges },
  ecs: ecsOperations,
  'application-autoscaling': scalableOperations,
  elbv2: elbOperations,
  route53: { ...dnsReadings, ...changeOperations },
  s3: s3Operations,
  cloudwatch: { ...cloudwatchOperations, ...alarmOperations },
  'service-quotas': quotaOperations,
  sts: stsOperations,
  dynamodb: dynamoDbOperations,
  lambda: lambdaOperations,
  cloudformation: cloudFormationOperations,
  ec2: ec2Operations,
  iam: iamOperations,
  ssm: ssmOperations,
  secretsmanager: secretsOperations,
  http: webOperations,
  sql: sqlOperations,
  dns: dnsOperations,
  tls: tlsOperations,
  scripts: scriptOperations,
  terraform: terraformOperations,
};

export interface Answered {
  answer: CloudAnswer;
  /** How late it is to be given, in milliseconds of the world's clock. */
  delayMs: number;
}

/** Carries out one call at the world's present time. */
export function answerCall(state: State, call: CloudCall): Answered {
  const operation = findOperation(call);
  if (!operation) return { answer: unknownOperation(call), delayMs: 0 };
  const strike = findStrike(state, call);
  const instead = strike && answerInstead(strike, call);
  const answer = instead ?? carryOut(state, operation, call);
  const delayMs = strike?.fails === 'slow' ? (strike.delayMs ?? 0) : 0;
  return { answer: strike && !instead ? answerAfter(strike, call, answer) : answer, delayMs };
}

function findOperation(call: CloudCall): Operation | undefined {
  const operations = Object.hasOwn(services, call.service) ? services[call.service] : undefined;
  return operations && Object.hasOwn(operations, call.command) ? operations[call.command] : undefined;
}

function unknownOperation(call: CloudCall): CloudAnswer {
  const message = `The simulated cloud does not know ${call.service}:${call.command}; docs/simulated-cloud.md lists what it knows.`;
  return {
    ok: false,
    error: { name: 'UnknownOperationException', message, status: 400, retryable: false, throttling: false },
  };
}

function carryOut(state: State, operation: Operation, call: CloudCall): CloudAnswer {
  const host = hostRegion(call.service, call.region);
  if (isDark(state, host)) return noAnswer(`${call.service} in ${host} did not answer.`);
  const answer = attempt(state, operation, call);
  settle(state);
  const target = operation.target?.(call.input);
  if (target !== undefined) {
    const { service, command, region } = call;
    state.effects.push({ at: state.at, service, command, region, target, accepted: answer.ok });
  }
  return answer;
}

function attempt(state: State, operation: Operation, call: CloudCall): CloudAnswer {
  try {
    return { ok: true, output: operation.run({ state, region: call.region }, call.input) };
  } catch (error) {
    if (!(error instanceof CloudRefusal)) throw error;
    const { name, message, status } = error;
    const network = status === 0 ? { network: true } : {};
    return { ok: false, error: { name, message, status, retryable: status === 0, throttling: false, ...network } };
  }
}
