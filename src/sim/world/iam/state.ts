import type { IamEstate } from './estate.ts';

export type IamState = Record<string, never>;

export function buildIam(_estate: IamEstate, _at: number): IamState {
  return {};
}
