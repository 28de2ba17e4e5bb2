import type { SecretsEstate } from './estate.ts';

export type SecretsState = Record<string, never>;

export function buildSecrets(_estate: SecretsEstate, _at: number): SecretsState {
  return {};
}
