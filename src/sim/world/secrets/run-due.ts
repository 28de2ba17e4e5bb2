import type { Due, State } from '../state.ts';

export function runSecrets(_state: State, _due: Due): void {}
