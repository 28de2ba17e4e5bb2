import type { Due, State } from '../state.ts';

export function runCloudFormation(_state: State, _due: Due): void {}
