import type { State } from '../state.ts';
import type { Ec2Estate, RuleSpec } from './estate.ts';

export interface Ec2State {
  groups: SecurityGroup[];
  instances: Instance[];
  snapshots: VolumeSnapshot[];
}

export interface SecurityGroup {
  region: string;
  id: string;
  name: string;
  description: string;
  vpc: string;
  rules: GroupRule[];
}

export interface GroupRule extends RuleSpec {
  id: string;
  egress: boolean;
  tags: Record<string, string>;
}

export interface Instance {
  region: string;
  id: string;
  vpc: string;
  interfaces: { id: string; groups: string[] }[];
  volumes: { id: string; device: string; sizeGb: number }[];
  profile: { id: string; arn: string; state: 'associating' | 'associated' | 'disassociating' } | null;
  protected: boolean;
  tags: Record<string, string>;
}

export interface VolumeSnapshot {
  region: string;
  id: string;
  volume: string;
  sizeGb: number;
  status: 'pending' | 'completed' | 'error';
  startedAt: number;
  description: string;
  tags: Record<string, string>;
}

export function buildEc2(estate: Ec2Estate, _at: number): Ec2State {
  return {
    groups: estate.securityGroups.map(({ inbound, outbound, ...group }) => ({
      ...group,
      rules: [
        ...inbound.map((rule, at) => ruleOf(`${group.id}-in-${at}`, false, rule)),
        ...outbound.map((rule, at) => ruleOf(`${group.id}-out-${at}`, true, rule)),
      ],
    })),
    instances: estate.instances.map(({ name, profile, ...spec }) => ({
      ...spec,
      profile: profile === undefined ? null : { id: `iip-assoc-${spec.id}`, arn: profile, state: 'associated' },
      protected: false,
      tags: { ...spec.tags, Name: name },
    })),
    snapshots: [],
  };
}

function ruleOf(key: string, egress: boolean, rule: RuleSpec): GroupRule {
  return { ...rule, id: `sgr-${key.replace(/^sg-/, '')}`, egress, tags: {} };
}

export function findGroup(state: State, region: string, id: string): SecurityGroup | undefined {
  return state.ec2.groups.find((group) => group.region === region && group.id === id);
}

/** Whether anybody may open a connection to a member of these groups; a group that is not modelled admits. */
export function admitsAnybody(state: State, region: string, groups: readonly string[]): boolean {
  return groups.some((id) => findGroup(state, region, id)?.rules.some((rule) => !rule.egress) ?? true);
}
