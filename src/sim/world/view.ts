import { findDefinition } from './ecs/definition.ts';
import { primaryOf } from './ecs/rollout.ts';
import { targetsOf } from './elb/targets.ts';
import { darkSince, faultOn, isDark } from './model.ts';
import { acceptsWrites, lagSeconds, shownStatus } from './rds/lag.ts';
import { isCheckHealthy, resolveName } from './route53/resolve.ts';
import type { Database, Service, SetFault, State } from './state.ts';
import { isSpent } from './strike.ts';
import { writersOf } from './timeline.ts';
import { viewBuckets, viewCopies, viewFate, viewPointers, viewTables } from './view-data.ts';
import { viewFunctions, viewGateways, viewInstances, viewLockedGroups, viewStacks } from './view-parts.ts';

export type WorldView = ReturnType<typeof viewWorld>;

/** The world as a page shows it: plain JSON. */
export function viewWorld(state: State, scale: number) {
  return {
    now: new Date(state.at).toISOString(),
    scale,
    regions: state.estate.regions.map((region) => viewRegion(state, region)),
    traffic: viewTraffic(state),
    healthChecks: state.healthChecks.map((check) => ({
      id: check.id,
      healthy: isCheckHealthy(check),
      inverted: check.inverted,
      object: `s3://${check.bucket}/${check.key}`,
      objectReached: check.reached,
    })),
    writers: { now: writersOf(state).map(({ region, id }) => ({ region, id })), overlapMs: state.writers.overlapMs },
    faults: state.faults.map(viewFault),
    effects: state.effects.slice(-30).map((effect) => ({ ...effect, at: new Date(effect.at).toISOString() })),
  };
}

function viewFault(set: SetFault) {
  const { id, fault, since } = set;
  return { id, since: new Date(since).toISOString(), fault, spent: isSpent(set) };
}

function viewRegion(state: State, region: string) {
  const since = darkSince(state, region);
  return {
    region,
    dark: since !== null,
    darkSince: since === null ? null : new Date(since).toISOString(),
    services: state.services.filter((one) => one.region === region).map((service) => viewService(state, service)),
    databases: state.databases.filter((one) => one.region === region).map((one) => viewDatabase(state, one)),
    copiesOf: viewCopies(state, region),
    tables: viewTables(state, region),
    pointers: viewPointers(state, region),
    functions: viewFunctions(state, region),
    gateways: viewGateways(state, region),
    buckets: viewBuckets(state, region),
    stacks: viewStacks(state, region),
    instances: viewInstances(state, region),
    lockedGroups: viewLockedGroups(state, region),
  };
}

function viewService(state: State, service: Service) {
  const count = (...statuses: string[]): number =>
    service.tasks.filter((task) => statuses.includes(task.status)).length;
  const healths = isDark(state, service.region) ? [] : targetsOf(state, service.targetGroup);
  const scalable = state.scalables.find(
    (one) => one.region === service.region && one.cluster === service.cluster && one.service === service.name,
  );
  return {
    cluster: service.cluster,
    name: service.name,
    desired: service.desired,
    running: count('RUNNING'),
    pending: count('PROVISIONING', 'PENDING'),
    draining: count('DEACTIVATING', 'STOPPING'),
    rollout: primaryOf(service).rollout,
    taskDefinition: service.taskDefinition,
    image: findDefinition(state, service.region, service.taskDefinition)?.containers[0]?.image ?? null,
    autoscaling: scalable ? { min: scalable.min, max: scalable.max, suspended: scalable.suspended } : null,
    targets: {
      healthy: healths.filter((target) => target.health.State === 'healthy').length,
      registered: healths.length,
    },
    lastEvent: service.events[0]?.message ?? null,
  };
}

function viewDatabase(state: State, database: Database) {
  return {
    id: database.id,
    status: shownStatus(state, database),
    role: database.source ? ('replica' as const) : ('primary' as const),
    source: database.source,
    acceptsWrites: acceptsWrites(state, database),
    replicating: database.source !== null && !faultOn(state, 'replication-broken', database),
    lagSeconds: lagSeconds(state, database),
    tables: Object.keys(database.tables),
    damagedBy: database.damage.map(({ fault }) => fault),
    ...viewFate(state, database),
  };
}

function viewTraffic(state: State) {
  const regionOf = (target: string): string | null =>
    state.estate.balancers.find((balancer) => balancer.dnsName === target)?.region ?? null;
  const unvisited = state.estate.zones.flatMap((zone) => zone.unvisited ?? []);
  const visited = Object.entries(state.traffic).filter(([name]) => !unvisited.includes(name));
  return visited.map(([name, { target, next }]) => ({
    name,
    region: regionOf(target),
    nextRegion: next === null ? null : regionOf(next),
    addresses: resolveName(state, name).addresses,
  }));
}
