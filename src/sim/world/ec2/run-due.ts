import type { Due, State } from '../state.ts';

export function runEc2(_state: State, _due: Due): void {}
