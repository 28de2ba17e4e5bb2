import { findGroup, type Instance, type SecurityGroup } from './ec2/state.ts';
import { serveByFunction } from './gateway.ts';
import type { State } from './state.ts';

/** Gateways that functions answer behind, and whether they would answer well now. */
export function viewGateways(state: State, region: string) {
  return state.estate.balancers.flatMap((one) => {
    if (one.region !== region || !one.serves) return [];
    return [{ name: one.name, answers: serveByFunction(state, region, one.serves).status === 200 }];
  });
}

export function viewFunctions(state: State, region: string) {
  return state.lambda.functions
    .filter((one) => one.region === region)
    .map(({ name, state: standing, update, reserved }) => {
      const sources = state.lambda.eventSources.filter((one) => one.region === region && one.function === name);
      return {
        name,
        status: functionStatus(standing, update),
        /** Nothing of it may run. */
        throttled: reserved === 0,
        sources: { on: sources.filter((one) => one.state === 'Enabled').length, of: sources.length },
      };
    });
}

type LambdaFunction = State['lambda']['functions'][number];

function functionStatus(standing: LambdaFunction['state'], update: LambdaFunction['update']) {
  if (standing === 'Failed' || update === 'Failed') return 'failed';
  if (standing === 'Pending') return 'being created';
  return update === 'InProgress' ? 'updating' : 'active';
}

export function viewStacks(state: State, region: string) {
  return state.cloudFormation.stacks
    .filter((stack) => stack.region === region && stack.deletedAt === null)
    .map(({ name, status, reason, resources }) => ({ name, status, reason, resources: Object.keys(resources) }));
}

export function viewInstances(state: State, region: string) {
  return state.ec2.instances
    .filter((instance) => instance.region === region)
    .map((instance) => ({
      id: instance.id,
      name: instance.tags.Name ?? instance.id,
      isolated: isIsolated(state, instance),
      volumes: instance.volumes.map(({ id }) => id),
    }));
}

/** Every group that it is in is known, and has no rule either way. */
function isIsolated(state: State, { region, interfaces }: Instance): boolean {
  const groups = interfaces.flatMap((one) => one.groups).map((id) => findGroup(state, region, id));
  return groups.every((group) => group?.rules.length === 0);
}

/** Security groups that let less through than they did at first. */
export function viewLockedGroups(state: State, region: string) {
  return state.ec2.groups.flatMap((group) => {
    const first = state.estate.ec2.securityGroups.find((spec) => spec.region === region && spec.id === group.id);
    if (group.region !== region || !first) return [];
    const inbound = { now: countOf(group, false), first: first.inbound.length };
    const outbound = { now: countOf(group, true), first: first.outbound.length };
    const locked = inbound.now < inbound.first || outbound.now < outbound.first;
    return locked ? [{ id: group.id, name: group.name, inbound, outbound }] : [];
  });
}

function countOf({ rules }: SecurityGroup, egress: boolean): number {
  return rules.filter((rule) => rule.egress === egress).length;
}
