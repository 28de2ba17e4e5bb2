import type { Due, State } from '../state.ts';

export function runS3(_state: State, _due: Due): void {}
