import type { Due, State } from '../state.ts';

export function runDynamoDb(_state: State, _due: Due): void {}
