import { count } from '../../reports/post-mortem/say.ts';
import type { Estate } from '../../sim/index.ts';
import { textIn, type Use, usesOfActions, type Ways } from './uses.ts';

type Service = Estate['services'][number];
type TargetGroup = Estate['targetGroups'][number];

export interface Services {
  services: Service[];
  targetGroups: TargetGroup[];
  assumed: string[];
}

interface Named {
  region: string;
  cluster: string;
  name: string;
}

const usualTasks = 4;
/** What is assumed of each: no step says it. */
const common = { taskDefinition: 'rehearsal:1', cpu: 1024, memory: 2048, min: 1 };

/** The services and target groups that steps name; a Region without one gets one, for somebody has to serve. */
export function servicesOf(ways: Ways, account: string, databases: Estate['databases']): Services {
  const assumed: string[] = [];
  const uses = [...ways.there, ...ways.back];
  const { active, standby } = ways.regions;
  const scales = usesOfActions(uses, 'ecs.scale-service');
  const named = withBothSides(unique(scales.flatMap(namedBy)), [active, standby], assumed);
  const groups = groupsOf(uses, account);
  const services = named.map((one) => {
    const wanted = wantedOf(scales, one.name);
    const targetGroup = takeGroup(groups, named, one, account);
    const database = databases.find(({ region }) => region === one.region)?.id ?? '';
    const desired = one.region === active ? wanted : 1;
    assumed.push(
      `${one.cluster}/${one.name} in ${one.region} runs ${count(desired, 'task')} of one vCPU at the beginning.`,
    );
    return { ...common, ...one, desired, max: Math.max(20, wanted * 2), targetGroup: targetGroup.arn, database };
  });
  return { services, targetGroups: groups, assumed };
}

function namedBy(use: Use): Named[] {
  const [region, cluster, name] = [textIn(use, 'region'), textIn(use, 'cluster'), textIn(use, 'service')];
  return region === null || cluster === null || name === null ? [] : [{ region, cluster, name }];
}

function withBothSides(named: readonly Named[], regions: readonly string[], assumed: string[]): Named[] {
  const missing = regions.filter((region) => !named.some((one) => one.region === region));
  return [
    ...named,
    ...missing.map((region) => {
      const name = named[0]?.name ?? 'rehearsal-service';
      assumed.push(`No step names a service in ${region}: ${name} runs there in a cluster of its own.`);
      return { region, cluster: 'rehearsal-cluster', name };
    }),
  ];
}

/** The most tasks that any step asks for. */
function wantedOf(scales: readonly Use[], name: string): number {
  const counts = scales.flatMap((use) => {
    const { count } = use.input;
    return textIn(use, 'service') === name && typeof count === 'number' ? [count] : [];
  });
  return Math.max(0, ...counts) || usualTasks;
}

function groupsOf(uses: readonly Use[], account: string): TargetGroup[] {
  const found = usesOfActions(uses, 'elb.check-targets').flatMap((use) => {
    const [region, group] = [textIn(use, 'region'), textIn(use, 'target_group')];
    return region === null || group === null ? [] : [groupCalled(region, group, account)];
  });
  return [...new Map(found.map((group) => [group.arn, group])).values()];
}

/** The first service of a Region has its first group; one more than there are groups gets a group of its own. */
function takeGroup(groups: TargetGroup[], named: readonly Named[], one: Named, account: string): TargetGroup {
  const at = named.filter(({ region }) => region === one.region).indexOf(one);
  const known = groups.filter(({ region }) => region === one.region)[at];
  if (known) return known;
  const made = groupCalled(one.region, `${one.name}-${at + 1}`, account);
  groups.push(made);
  return made;
}

function groupCalled(region: string, group: string, account: string): TargetGroup {
  const name = /:targetgroup\/([^/]+)/.exec(group)?.[1];
  const arn = `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${group}/0000000000000000`;
  return name === undefined
    ? { region, name: group, arn, drainMs: 30_000 }
    : { region, name, arn: group, drainMs: 30_000 };
}

function unique(all: readonly Named[]): Named[] {
  return [...new Map(all.map((one) => [`${one.region} ${one.cluster} ${one.name}`, one])).values()];
}
