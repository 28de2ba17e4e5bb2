import type {
  DeleteFunctionConcurrencyCommandInput,
  DeleteFunctionConcurrencyCommandOutput,
  PutFunctionConcurrencyCommandInput,
  PutFunctionConcurrencyCommandOutput,
} from '@aws-sdk/client-lambda';
import { effect, type Operations, type Scene } from '../operation.ts';
import { refuse } from '../refuse.ts';
import type { State } from '../state.ts';
import { holdSources } from './event-sources.ts';
import { needFunction } from './find.ts';
import type { LambdaFunction } from './state.ts';

const leastUnreserved = 100;

export const concurrencyOperations: Operations = {
  PutFunctionConcurrency: effect<PutFunctionConcurrencyCommandInput, PutFunctionConcurrencyCommandOutput>(named, put),
  DeleteFunctionConcurrency: effect<DeleteFunctionConcurrencyCommandInput, DeleteFunctionConcurrencyCommandOutput>(
    named,
    (scene, input) => {
      reserve(scene.state, needFunction(scene, input.FunctionName), null);
      return {};
    },
  ),
};

export function named(input: { FunctionName?: string | undefined }): string {
  return `lambda:${input.FunctionName}`;
}

export function usedConcurrency(state: State, region: string): number {
  const own = state.lambda.functions.filter((one) => one.region === region);
  return own.reduce((sum, { reserved }) => sum + (reserved ?? 0), 0);
}

function put(scene: Scene, input: PutFunctionConcurrencyCommandInput) {
  const { state, region } = scene;
  const fn = needFunction(scene, input.FunctionName);
  const wanted = input.ReservedConcurrentExecutions ?? 0;
  const left = state.estate.lambda.concurrency - usedConcurrency(state, region) + (fn.reserved ?? 0) - wanted;
  if (wanted > 0 && left < leastUnreserved) {
    const why =
      "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution " +
      `below its minimum value of [${leastUnreserved}].`;
    refuse('InvalidParameterValueException', why);
  }
  reserve(state, fn, wanted);
  return { ReservedConcurrentExecutions: wanted };
}

function reserve(state: State, fn: LambdaFunction, wanted: number | null): void {
  fn.reserved = wanted;
  fn.stoppedAt = wanted === 0 ? (fn.stoppedAt ?? state.at) : null;
  holdSources(state, fn);
}
