import type { Due, State } from '../state.ts';

export function runSsm(_state: State, _due: Due): void {}
