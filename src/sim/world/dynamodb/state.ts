import type { DynamoDbEstate } from './estate.ts';

export type DynamoDbState = Record<string, never>;

export function buildDynamoDb(_estate: DynamoDbEstate, _at: number): DynamoDbState {
  return {};
}
