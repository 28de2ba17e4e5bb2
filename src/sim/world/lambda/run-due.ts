import type { Due, State } from '../state.ts';

export function runLambda(_state: State, _due: Due): void {}
