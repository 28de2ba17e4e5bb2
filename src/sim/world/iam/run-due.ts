import type { Due, State } from '../state.ts';

export function runIam(_state: State, _due: Due): void {}
