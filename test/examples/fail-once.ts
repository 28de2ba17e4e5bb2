import type { CloudCall } from '../../src/sim/call.ts';
import type { World } from '../../src/sim/index.ts';

/** What the SDK sends before it gives up. */
const attempts = 3;
/** Requests that hold a new time or a new secret each time are never the same: they fail no more often than this. */
const most = 4;
const reading = /^(Describe|Get|List|Head)/;
const probes = ['http', 'sql', 'tls', 'dns'];
/** Programs of the home are started on this machine: they end badly, or not at all, but no call to them is lost. */
const programs = ['terraform', 'scripts'];

/**
 * Whatever changes something fails the first time that it is asked for, all attempts of the SDK: each step of a run comes to
 * a stop once, and goes on when it is tried again. What is only read fails once for each kind of call.
 */
export function failOnce(world: Pick<World, 'setFault'>): (call: CloudCall) => void {
  const seen = new Set<string>();
  const failed = new Map<string, number>();
  return ({ service, command, region, input }) => {
    if (programs.includes(service)) return;
    const isProbe = probes.includes(service);
    const name = `${service}:${command} ${region}`;
    const key = isProbe || reading.test(command) ? name : `${name} ${withoutTokens(input)}`;
    const before = failed.get(name) ?? 0;
    if (seen.has(key) || before >= most) return;
    seen.add(key);
    failed.set(name, before + 1);
    const where = region === '' ? {} : { region };
    world.setFault({ kind: 'call', fails: 'error', service, command, ...where, times: isProbe ? 1 : attempts });
  };
}

/** The same request again is the same, though the SDK gives it another token. */
function withoutTokens(input: unknown): string {
  return JSON.stringify(input, (name, value: unknown) => (/token/i.test(name) ? undefined : value));
}
