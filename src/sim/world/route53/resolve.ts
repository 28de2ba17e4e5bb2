import { healthyCount } from '../elb/targets.ts';
import type { Estate, RecordSet } from '../estate.ts';
import { forget, isDark, schedule } from '../model.ts';
import type { Due, HealthCheck, State } from '../state.ts';
import { plainName, zoneFor } from './names.ts';

type Balancer = Estate['balancers'][number];

export interface Resolved {
  addresses: string[];
  balancer: Balancer | null;
}

const nowhere: Resolved = { addresses: [], balancer: null };
const longestChain = 8;

/** What the name's own servers answer now. */
export function resolveName(state: State, name: string, chain = 0): Resolved {
  const own = findBalancer(state, name);
  if (own) return own;
  const sets = zoneFor(state, name)?.served.filter((set) => plainName(set.Name) === plainName(name)) ?? [];
  const alias = sets.find((set) => set.Type === 'CNAME');
  const target = alias?.ResourceRecords?.[0]?.Value;
  if (target && chain < longestChain) return findBalancer(state, target) ?? resolveName(state, target, chain + 1);
  const chosen = chooseSet(
    state,
    sets.filter((set) => set.Type === 'A'),
  );
  return chosen ? resolveSet(state, chosen, chain) : nowhere;
}

function findBalancer(state: State, name: string): Resolved | null {
  const plain = plainName(name).replace(/^dualstack\./, '');
  const balancer = state.estate.balancers.find((one) => plainName(one.dnsName) === plain);
  return balancer ? { addresses: [...balancer.addresses], balancer } : null;
}

function resolveSet(state: State, set: RecordSet, chain: number): Resolved {
  if (!set.AliasTarget)
    return resolveValues(
      state,
      (set.ResourceRecords ?? []).map((one) => one.Value),
    );
  const found = findBalancer(state, set.AliasTarget.DNSName);
  if (found) return found;
  return chain < longestChain ? resolveName(state, set.AliasTarget.DNSName, chain + 1) : nowhere;
}

/** Addresses written out lead where a balancer has them all. */
function resolveValues(state: State, addresses: string[]): Resolved {
  const leads = (one: Balancer): boolean => addresses.every((address) => one.addresses.includes(address));
  return { addresses, balancer: (addresses.length > 0 && state.estate.balancers.find(leads)) || null };
}

/** By failover, else by weight among healthy sets; if none is healthy, as if all were. */
function chooseSet(state: State, sets: RecordSet[]): RecordSet | undefined {
  const healthy = sets.filter((set) => isHealthy(state, set));
  const candidates = healthy.length > 0 ? healthy : sets;
  const primary = candidates.find((set) => set.Failover === 'PRIMARY');
  return primary ?? candidates.toSorted((a, b) => (b.Weight ?? 0) - (a.Weight ?? 0))[0];
}

function isHealthy(state: State, set: RecordSet): boolean {
  const check = state.healthChecks.find((one) => one.id === set.HealthCheckId);
  if (check && !isCheckHealthy(check)) return false;
  if (!set.AliasTarget?.EvaluateTargetHealth) return true;
  const balancer = findBalancer(state, set.AliasTarget.DNSName)?.balancer;
  return !balancer || balancer.targetGroups.some((arn) => healthyCount(state, arn) > 0);
}

export function isCheckHealthy(check: HealthCheck): boolean {
  return check.inverted ? !check.reached : check.reached;
}

function isReached(state: State, check: HealthCheck): boolean {
  const bucket = state.buckets.find((one) => one.name === check.bucket);
  return !isDark(state, check.region) && bucket !== undefined && Object.hasOwn(bucket.objects, check.key);
}

/** Health checkers take a while to agree that an endpoint changed. */
export function settleHealthChecks(state: State): void {
  for (const check of state.healthChecks) {
    if (check.flipping || isReached(state, check) === check.reached) continue;
    check.flipping = true;
    schedule(state, state.estate.timings.healthCheckMs, 'health.flip', check.id);
  }
}

export function runHealthFlip(state: State, due: Due): void {
  const check = state.healthChecks.find((one) => one.id === due.subject);
  if (!check) return;
  check.flipping = false;
  check.reached = isReached(state, check);
}

/** Resolvers go on giving out what they know until it expires. */
export function settleTraffic(state: State): void {
  const names = new Set(state.zones.flatMap((zone) => zone.served.map((set) => plainName(set.Name))));
  for (const name of names) {
    const target = resolveName(state, name).balancer?.dnsName ?? '';
    const known = state.traffic[name];
    if (!known) state.traffic[name] = { target, next: null };
    else if (target === known.target) known.next = null;
    else if (known.next !== target) {
      forget(state, 'traffic.follow', name);
      known.next = target;
      schedule(state, state.estate.timings.ttlMs, 'traffic.follow', name);
    }
  }
}

export function runTrafficFollow(state: State, due: Due): void {
  const known = state.traffic[due.subject];
  if (known?.next === null || known?.next === undefined) return;
  known.target = known.next;
  known.next = null;
}
