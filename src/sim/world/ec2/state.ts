import type { Ec2Estate } from './estate.ts';

export type Ec2State = Record<string, never>;

export function buildEc2(_estate: Ec2Estate, _at: number): Ec2State {
  return {};
}
