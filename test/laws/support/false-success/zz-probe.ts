import { createManyWorlds, type ManyWorlds, nameCall } from '/work/main/test/laws/support/false-success/many-worlds.ts';
import { tryFailover } from '/work/main/test/laws/support/false-success/try-failover.ts';
import { startSimulatedMuster } from '/work/main/test/support/simulated-muster.ts';

let worlds: ManyWorlds | undefined;
const muster = await startSimulatedMuster({
  scale: Number(process.argv[2] ?? 600),
  createWorld: (clock) => {
    worlds = createManyWorlds(clock);
    return worlds.world;
  },
});
if (!worlds) throw 1;
const t0 = performance.now();
const good = await tryFailover(muster, worlds, { faults: [], moment: 'before planning' });
console.log(good.run?.run.outcome, good.recovered, Math.round(performance.now() - t0));
const calls = worlds.asked();
console.log(calls.length, calls.map(nameCall).join('\n'));
const only = process.argv[3];
for (const call of calls)
  for (const fails of ['error', 'timeout', 'access-denied', 'throttling', 'lost-answer', 'garbage'] as const)
    for (const moment of ['before planning', 'after approval'] as const) {
      const name = `${nameCall(call)} ${fails} ${moment}`;
      if (only && !name.includes(only)) continue;
      const t = performance.now();
      const cpu = process.cpuUsage();
      const came = await tryFailover(muster, worlds, {
        faults: [
          {
            kind: 'call',
            fails,
            service: call.service,
            command: call.command,
            ...(call.region ? { region: call.region } : {}),
          },
        ],
        moment,
      }).catch((e) => {
        console.log('ERR', name, e);
        return null;
      });
      if (!came) continue;
      const c = process.cpuUsage(cpu);
      console.log(
        `${name.padEnd(75)} ${came.verdict} ${came.mode} ${came.run?.run.outcome ?? came.run?.run.status} rec=${came.recovered.length} MISSING ${['promoted', 'tasks run', 'targets are healthy', 'people are led there', 'people are answered', 'fenced'].filter((x) => !came.recovered.includes(x)).join('+')} ${Math.round(performance.now() - t)}ms cpu ${Math.round((c.user + c.system) / 1000)} | ${(came.run?.run.note ?? came.run?.run.exceptions.join('; ') ?? came.problems[0]?.sentence ?? '').slice(0, 110)}`,
      );
    }
console.log('total', Math.round((performance.now() - t0) / 1000));
await muster.close();
process.exit(0);
