import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { DnsProbe } from '../../domain/ports/probes.ts';
import { inTime } from '../kit/signal.ts';

export interface DnsOptions {
  /** Resolvers that are asked which servers are a zone's own; the system's if absent. */
  resolvers?: readonly string[];
  /** Port of the zone's own servers. */
  port?: number;
}

const mostAliases = 8;
const absent = new Set(['ENODATA', 'ENOTFOUND']);

/** Asks the servers that own a name, so that no cache on the way answers for them. */
export function createDnsProbe({ resolvers, port = 53 }: DnsOptions = {}): DnsProbe {
  return {
    addresses: (name, { timeoutMs }) =>
      inTime(timeoutMs, () => {
        const ask: Ask = (servers) => resolverFor(timeoutMs, servers ?? resolvers);
        return follow(name.toLowerCase().replace(/\.$/, ''), ask, port);
      }),
  };
}

async function follow(name: string, ask: Ask, port: number): Promise<string[]> {
  let current = name;
  for (let hop = 0; hop <= mostAliases; hop += 1) {
    const own = ask(await serversOf(current, ask, port));
    const found = await addressesOf(own, current);
    if (found.length > 0) return found;
    const [alias] = await unlessAbsent(own.resolveCname(current), current);
    if (alias === undefined) return [];
    current = alias.toLowerCase();
  }
  throw new Error(`it leads through more than ${mostAliases} aliases`);
}

type Ask = (servers?: readonly string[]) => Resolver;

function resolverFor(timeoutMs: number, servers?: readonly string[]): Resolver {
  const resolver = new Resolver({ timeout: Math.max(500, Math.floor(timeoutMs / 2)), tries: 2 });
  if (servers) resolver.setServers(servers);
  return resolver;
}

/** Addresses of the servers of the closest zone above the name, each with its port. */
async function serversOf(name: string, ask: Ask, port: number): Promise<string[]> {
  const labels = name.split('.');
  for (let from = 0; from < labels.length - 1; from += 1) {
    const zone = labels.slice(from).join('.');
    const servers = await unlessAbsent(ask().resolveNs(zone), zone);
    if (servers.length === 0) continue;
    const lists = await Promise.all(servers.slice(0, 4).map((server) => addressesOf(ask(), server)));
    const addresses = lists.flat();
    if (addresses.length > 0) return addresses.map((address) => withPort(address, port));
    throw new Error(`the name servers of ${zone} have no address`);
  }
  throw new Error(`no zone above ${name} has name servers`);
}

function withPort(address: string, port: number): string {
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}

async function addressesOf(resolver: Resolver, name: string): Promise<string[]> {
  const [four, six] = await Promise.all([
    unlessAbsent(resolver.resolve4(name), name),
    unlessAbsent(resolver.resolve6(name), name),
  ]);
  return [...four, ...six];
}

/** No such record is an answer; everything else is not. */
async function unlessAbsent(answer: Promise<string[]>, name: string): Promise<string[]> {
  try {
    return await answer;
  } catch (error) {
    const { code = 'no code' } = error as { code?: string };
    if (absent.has(code)) return [];
    throw new Error(`the servers asked for ${name} did not answer (${code})`);
  }
}
