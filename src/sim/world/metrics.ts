import { isConnected } from './ecs/tasks.ts';
import { healthyCount } from './elb/targets.ts';
import { readFunctions } from './lambda/metrics.ts';
import { isDark, noise } from './model.ts';
import { lagSeconds } from './rds/lag.ts';
import type { State } from './state.ts';

export const sampleMs = 60_000;
const keepSamples = 12 * 60;

/** `us-west-2 AWS/RDS ReplicaLag DBInstanceIdentifier=dr-database`, dimensions in order of name. */
export function seriesKey(
  region: string,
  namespace: string,
  metric: string,
  dimensions: Record<string, string>,
): string {
  const named = Object.entries(dimensions)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => `${name}=${value}`);
  return [region, namespace, metric, ...named].join(' ');
}

/** Takes a sample of every metric at this minute; a dark Region records nothing. */
export function sampleMetrics(state: State): void {
  for (const [region, key, value] of readMetrics(state)) {
    if (isDark(state, region)) continue;
    const samples = state.series[key] ?? [];
    samples.push([state.at, value]);
    state.series[key] = samples.slice(-keepSamples);
  }
}

function readMetrics(state: State): [region: string, key: string, value: number][] {
  return [...readDatabases(state), ...readServices(state), ...readBalancers(state), ...readFunctions(state, seriesKey)];
}

function readDatabases(state: State): [string, string, number][] {
  return state.databases.flatMap((database) => {
    const { region, id } = database;
    const key = (metric: string): string => seriesKey(region, 'AWS/RDS', metric, { DBInstanceIdentifier: id });
    const lag = lagSeconds(state, database);
    const clients = state.services
      .filter((service) => service.region === region)
      .reduce((sum, service) => sum + service.tasks.filter((task) => isConnected(task, database)).length * 5, 0);
    const rows: [string, string, number][] = [
      [region, key('DatabaseConnections'), clients],
      [region, key('CPUUtilization'), 8 + clients / 2 + noise(`${id}${state.at}`) * 4],
    ];
    return lag === null ? rows : [...rows, [region, key('ReplicaLag'), lag]];
  });
}

function readServices(state: State): [string, string, number][] {
  return state.services.map((service) => {
    const dimensions = { ClusterName: service.cluster, ServiceName: service.name };
    const load = service.idleSince === null ? 45 : 2;
    const key = seriesKey(service.region, 'AWS/ECS', 'CPUUtilization', dimensions);
    return [service.region, key, load + noise(`${service.name}${state.at}`) * 5];
  });
}

function readBalancers(state: State): [string, string, number][] {
  return state.estate.balancers.flatMap((balancer) => {
    const { region } = balancer;
    const healthy = balancer.targetGroups.reduce((sum, arn) => sum + healthyCount(state, arn), 0);
    const used = Object.values(state.traffic).some((name) => name.target === balancer.dnsName);
    const requests = used ? 5_800 + Math.round(noise(`${balancer.name}${state.at}`) * 400) : 0;
    const dimensions = { LoadBalancer: balancer.arn.split(':loadbalancer/').at(-1) ?? balancer.name };
    const key = (metric: string): string => seriesKey(region, 'AWS/ApplicationELB', metric, dimensions);
    return [
      [region, key('RequestCount'), requests],
      [region, key('HealthyHostCount'), healthy],
      [region, key('HTTPCode_ELB_5XX_Count'), healthy > 0 ? 0 : requests],
    ];
  });
}
