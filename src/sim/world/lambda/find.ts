import { createHash } from 'node:crypto';
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import type { LambdaFunction } from './state.ts';

/** A function is asked for by its name or its ARN. */
export function findFunction(state: State, region: string, name: string | undefined): LambdaFunction | undefined {
  const plain = name?.split(':').at(-1);
  return state.lambda.functions.find((one) => one.region === region && one.name === plain);
}

export function needFunction({ state, region }: Scene, name: string | undefined): LambdaFunction {
  const arn = `arn:aws:lambda:${region}:${state.estate.account}:function:${name}`;
  return findFunction(state, region, name) ?? refuse('ResourceNotFoundException', `Function not found: ${arn}`, 404);
}

/** One change at a time: the next is refused until the last has settled. */
export function needSettled(fn: LambdaFunction): void {
  if (fn.state !== 'Pending' && fn.update !== 'InProgress') return;
  const why = `The operation cannot be performed at this time. An update is in progress for resource: ${fn.name}`;
  refuse('ResourceConflictException', why, 409);
}

export function arnOf(state: State, { region, name }: Pick<LambdaFunction, 'region' | 'name'>): string {
  return `arn:aws:lambda:${region}:${state.estate.account}:function:${name}`;
}

export function sha256Of(base64: string): string {
  return createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64');
}

export function describeFunction(state: State, fn: LambdaFunction, version?: string): FunctionConfiguration {
  const published = fn.versions.find((one) => one.version === version);
  const base64 = published?.base64 ?? fn.base64;
  return {
    FunctionName: fn.name,
    FunctionArn: arnOf(state, fn) + (published ? `:${published.version}` : ''),
    ...fn.settings,
    PackageType: fn.image === null ? 'Zip' : 'Image',
    CodeSha256: sha256Of(fn.image === null ? base64 : Buffer.from(fn.image).toString('base64')),
    CodeSize: fn.image === null ? Buffer.from(base64, 'base64').length : 0,
    Version: published?.version ?? '$LATEST',
    LastModified: new Date(fn.modifiedAt).toISOString(),
    State: fn.state,
    LastUpdateStatus: fn.update,
    ...(fn.state === 'Failed' ? { StateReason: fn.reason ?? '' } : {}),
    ...(fn.update === 'Failed' ? { LastUpdateStatusReason: fn.reason ?? '' } : {}),
  };
}
