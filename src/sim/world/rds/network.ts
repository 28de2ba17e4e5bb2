import type { Database, State } from '../state.ts';

/** What a Region gives to whoever names none. The default security group lets only its own members in. */
export const regionDefaults = {
  securityGroup: 'sg-default',
  subnetGroup: 'default',
  parameterGroup: 'default.postgres16',
} as const;

/** Whether clients outside the default security group get through to it. */
export function letsClientsIn(database: Pick<Database, 'securityGroups'>): boolean {
  return database.securityGroups.some((group) => group !== regionDefaults.securityGroup);
}

export function knowsSubnetGroup(state: State, region: string, name: string): boolean {
  const used = state.databases.some((one) => one.region === region && one.subnetGroup === name);
  return used || name === regionDefaults.subnetGroup || isNamed(state.estate.rds.subnetGroups, region, name);
}

export function knowsParameterGroup(state: State, region: string, name: string): boolean {
  const used = state.databases.some((one) => one.region === region && one.parameterGroup === name);
  return used || name === regionDefaults.parameterGroup || isNamed(state.estate.rds.parameterGroups, region, name);
}

function isNamed(groups: readonly { region: string; name: string }[], region: string, name: string): boolean {
  return groups.some((group) => group.region === region && group.name === name);
}
