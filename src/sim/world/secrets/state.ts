import type { SecretsEstate } from './estate.ts';

export interface SecretVersion {
  id: string;
  value: string;
  stages: string[];
  createdAt: number;
}

export interface Secret {
  region: string;
  name: string;
  versions: SecretVersion[];
}

export interface SecretsState {
  secrets: Secret[];
}

const ageMs = 30 * 24 * 3_600_000;

export function buildSecrets(estate: SecretsEstate, at: number): SecretsState {
  return {
    secrets: estate.secrets.map(({ region, name, versions }) => ({
      region,
      name,
      versions: versions.map((version) => ({ ...version, createdAt: at - ageMs })),
    })),
  };
}
