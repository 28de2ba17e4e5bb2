import type { LambdaEstate } from './estate.ts';

export type LambdaState = Record<string, never>;

export function buildLambda(_estate: LambdaEstate, _at: number): LambdaState {
  return {};
}
