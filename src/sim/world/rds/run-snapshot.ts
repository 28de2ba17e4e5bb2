import type { Due, State } from '../state.ts';

export function runSnapshot(_state: State, _due: Due): void {}
