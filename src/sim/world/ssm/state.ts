import type { SsmEstate } from './estate.ts';

export type SsmState = Record<string, never>;

export function buildSsm(_estate: SsmEstate, _at: number): SsmState {
  return {};
}
