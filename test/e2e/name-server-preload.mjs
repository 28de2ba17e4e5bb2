import { Resolver } from 'node:dns/promises';
import process from 'node:process';

// Name servers answer on port 53, which a test may not open: whichever server this process asks, ours answers.
const server = process.env.TEST_NAME_SERVER;
const pointed = new WeakSet();
const { setServers } = Resolver.prototype;

Resolver.prototype.setServers = () => undefined;
for (const name of ['resolve4', 'resolve6', 'resolveNs', 'resolveCname']) {
  const ask = Resolver.prototype[name];
  Resolver.prototype[name] = function askOurs(...what) {
    if (!pointed.has(this)) setServers.call(this, [server]);
    pointed.add(this);
    return ask.apply(this, what);
  };
}
