import { healthyCount } from './elb/targets.ts';
import type { Estate } from './estate.ts';
import { serveByFunction } from './gateway.ts';
import { download } from './lambda/download.ts';
import { faultsOf, findDatabase, isDark, noise } from './model.ts';
import { type Operations, reading, type Scene } from './operation.ts';
import { acceptsWrites, isServing } from './rds/lag.ts';
import { reaches } from './rds/sealing.ts';
import { refuse } from './refuse.ts';
import { plainName } from './route53/names.ts';
import { resolveName } from './route53/resolve.ts';
import type { State } from './state.ts';

type Balancer = Estate['balancers'][number];
interface WebAnswer {
  status: number;
  body: string;
  ms: number;
}

export const webOperations: Operations = {
  get: reading<{ url: string; timeoutMs: number }, WebAnswer>((scene, input) => visit(scene.state, input)),
  bytes: reading<{ url: string }, { status: number; bytes: Uint8Array }>((scene, input) =>
    download(scene.state, input),
  ),
};

export const dnsOperations: Operations = {
  addresses: reading<{ name: string }, { addresses: string[] }>((scene: Scene, input) => {
    const { addresses } = resolveName(scene.state, plainName(input.name));
    if (addresses.length === 0) refuse('ENOTFOUND', `The name servers know no address of ${input.name}.`, 0);
    return { addresses };
  }),
};

/** Where a visitor of this name ends up: their resolver may still hold an older answer than the name servers give. */
export function balancerFor(state: State, host: string): Balancer | undefined {
  const known = Object.hasOwn(state.traffic, host) ? state.traffic[host]?.target : undefined;
  return state.estate.balancers.find((balancer) => plainName(balancer.dnsName) === plainName(known ?? host));
}

function visit(state: State, input: { url: string; timeoutMs: number }): WebAnswer {
  const host = plainName(new URL(input.url).hostname);
  const balancer = balancerFor(state, host) ?? refuse('ENOTFOUND', `No address was found for ${host}.`, 0);
  if (isDark(state, balancer.region)) {
    refuse('ETIMEDOUT', `${input.url} did not answer within ${input.timeoutMs} ms.`, 0);
  }
  const slow = faultsOf(state, 'address-slow').find((fault) => plainName(fault.host) === host);
  const ms = slow?.ms ?? 20 + Math.round(noise(`${host}${state.at}`) * 60);
  return { ...serve(state, balancer), ms };
}

/** Healthy only where a task runs and its database takes writes; the body names the Region. */
function serve(state: State, balancer: Balancer): { status: number; body: string } {
  const { region } = balancer;
  if (balancer.serves) return serveByFunction(state, region, balancer.serves);
  const service = state.services.find(
    (one) => balancer.targetGroups.includes(one.targetGroup) && healthyCount(state, one.targetGroup) > 0,
  );
  if (!service) return { status: 503, body: '<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>' };
  const task = service.tasks.find(({ status }) => status === 'RUNNING');
  const database = task && findDatabase(state, task.database.region, task.database.id);
  if (task && database && acceptsWrites(state, database) && reaches(task, database))
    return { status: 200, body: JSON.stringify({ status: 'ok', region }) };
  const why = database && isServing(state, database) ? 'read-only' : 'unreachable';
  return { status: 503, body: JSON.stringify({ status: 'unavailable', region, database: why }) };
}
