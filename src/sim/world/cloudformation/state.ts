import type { CloudFormationEstate } from './estate.ts';

export type CloudFormationState = Record<string, never>;

export function buildCloudFormation(_estate: CloudFormationEstate, _at: number): CloudFormationState {
  return {};
}
