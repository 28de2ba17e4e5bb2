import type { Due, State } from '../state.ts';
import { replicateNext } from './replication.ts';

export function runS3(state: State, due: Due): void {
  replicateNext(state, due);
}
