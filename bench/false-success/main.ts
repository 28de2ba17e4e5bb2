import { createManyWorlds, type ManyWorlds } from '../../test/laws/support/false-success/many-worlds.ts';
import { recovery } from '../../test/laws/support/false-success/recovered.ts';
import { type Came, tryFailover } from '../../test/laws/support/false-success/try-failover.ts';
import { type SimulatedMuster, startSimulatedMuster } from '../../test/support/simulated-muster.ts';
import { inPercent } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { type Trouble, troubles } from './faults.ts';
import { makePath, runScript, type Told } from './run-script.ts';

async function runMuster(muster: SimulatedMuster, worlds: ManyWorlds, trouble: Trouble): Promise<Told> {
  const { name: _name, script: _script, muster: faults, ...lasts } = trouble;
  const came = await tryFailover(muster, worlds, { faults, moment: 'before planning', ...lasts });
  const outcome = came.run?.run.outcome ?? null;
  const success = outcome === 'succeeded' || outcome === 'succeeded-with-exceptions';
  const so = isSo(came);
  return { said: saidBy(came), success, soThen: so, soLater: so };
}

/** A fence that is deferred is named as such in what is said. */
function isSo({ recovered, run }: Came): boolean {
  const deferred = run?.steps.some(({ status }) => status === 'deferred') ?? false;
  return recovery.every((name) => recovered.includes(name) || (name === 'fenced' && deferred));
}

function saidBy({ run }: Came): string {
  if (run === null) return 'refused to begin';
  const trouble = run.steps.find(({ status }) => ['failed', 'unknown', 'drifted'].includes(status));
  return run.run.outcome ?? `paused: ${trouble?.id ?? '?'} ${trouble?.status ?? ''}`;
}

const isFalse = ({ success, soLater }: Told): boolean => success && !soLater;
const isEarly = ({ success, soThen }: Told): boolean => success && !soThen;
const mark = (told: Told): string =>
  isFalse(told) ? 'FALSE' : isEarly(told) ? 'not yet so' : told.success ? 'so' : '';

let worlds: ManyWorlds | undefined;
const muster = await startSimulatedMuster({
  scale: 600,
  env: { MUSTER_LOG_LEVEL: 'error' },
  createWorld: (clock) => {
    worlds = createManyWorlds(clock);
    return worlds.world;
  },
});
if (!worlds) throw new Error('expected a world to have been made');
const path = await makePath();
const tried: { name: string; script: Told; muster: Told }[] = [];
for (const trouble of troubles) {
  const script = await runScript(path, trouble);
  tried.push({ name: trouble.name, script, muster: await runMuster(muster, worlds, trouble) });
}
await path.remove();
await muster.close();

say(
  table(
    ['trouble', 'the script says', 'and it was', 'Muster says', 'and it was'],
    tried.map(({ name, script, muster: other }) => [name, script.said, mark(script), other.said, mark(other)]),
  ),
);
const count = (who: 'script' | 'muster', is: (told: Told) => boolean): string =>
  inPercent(tried.filter((one) => is(one[who])).length, tried.length);
say(
  `Success said of what was not so half an hour later: script ${count('script', isFalse)}, Muster ${count('muster', isFalse)}.`,
);
say(`Success said of what was not so yet: script ${count('script', isEarly)}, Muster ${count('muster', isEarly)}.`);
process.exit(0);
