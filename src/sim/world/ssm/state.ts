import type { SsmEstate } from './estate.ts';

export interface Parameter {
  region: string;
  name: string;
  type: 'String' | 'StringList' | 'SecureString';
  keyId: string;
  /** The oldest first; the last one is current. */
  versions: { version: number; value: string; at: number }[];
}

export interface SsmState {
  parameters: Parameter[];
}

export function buildSsm(estate: SsmEstate, at: number): SsmState {
  return {
    parameters: estate.parameters.map(({ region, name, type, value, ageMs, keyId }) => ({
      region,
      name,
      type,
      keyId,
      versions: [{ version: 1, value, at: at - ageMs }],
    })),
  };
}
