import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../src/clock/system-clock.ts';
import { selectSteps } from '../../src/commands/effective-needs.ts';
import { shippedDir } from '../../src/compose/shipped.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import type { StepContext } from '../../src/domain/action.ts';
import type { Command } from '../../src/domain/command.ts';
import type { Clock } from '../../src/domain/ports/clock.ts';
import { planStep } from '../../src/recovery/plan/plan-step.ts';
import { inMs } from '../support/numbers.ts';
import { say, table } from '../support/table.ts';
import { asRatio, sayWanted } from '../support/want.ts';
import { commands } from './forty-steps.ts';
import { createSlowCloud, type SlowCloud } from './slow-cloud.ts';

const answerMs = 100;
const wanted = 1.5;
/** The best of these counts: whatever else the machine does only adds. */
const rounds = 5;
/** After so long a limiter has forgotten the plan before. */
const restMs = 2_500;

const file = join(shippedDir, 'examples/acme/muster.yml');
const home = parseHome(await readFile(file, 'utf8'), file);
const { primary, recovery } = home.system.regions;

/** As the system's own, but that a limiter counts a second as a thousandth of it: no pace holds anything back. */
const unpaced: Clock = { ...systemClock, scale: 1_000 };

type Evaluated = Parameters<typeof planStep>[0];

function evaluate(command: Command, { actions }: SlowCloud): Evaluated[] {
  return selectSteps(command, 'graceful', {}).map((step) => {
    const action = actions.get(step.uses);
    if (!action) throw new Error(`There is no action ${step.uses}: correct bench/plan/forty-steps.ts.`);
    return { step, action, input: step.with, later: {}, services: [] };
  });
}

/** Plans these steps together, as one plan: they share a signal, and with it what was read. Real milliseconds. */
async function timePlan(steps: readonly Evaluated[], clock: Clock): Promise<number> {
  const { signal } = new AbortController();
  const regions = { active: primary, standby: recovery, primary, recovery };
  const ctx: StepContext = { clock, signal, mode: 'graceful', purpose: 'plan', regions, owner: 'plan_1' };
  const began = performance.now();
  await Promise.all(steps.map((step) => planStep(step, ctx)));
  return performance.now() - began;
}

/** How often each was asked beyond once. */
function repeatsOf(asked: readonly string[]): string[] {
  return [...new Set(asked.filter((call, place) => asked.indexOf(call) !== place))];
}

/** As little as it takes each step to be planned by itself, and the longest of them: what no plan of them all can undercut. */
async function longestAlone(command: Command): Promise<{ step: string; ms: number }> {
  const cloud = createSlowCloud(unpaced, answerMs);
  const steps = evaluate(command, cloud);
  await timePlan(steps, unpaced);
  let longest = { step: '', ms: 0 };
  for (const step of steps) {
    const took: number[] = [];
    for (let round = 0; round < rounds; round += 1) took.push(await timePlan([step], unpaced));
    const ms = Math.min(...took);
    if (ms > longest.ms) longest = { step: step.step.uses, ms };
  }
  cloud.close();
  return longest;
}

/** All of them as one plan, by a Muster that has planned before; each time all limits are at rest. */
async function together(command: Command): Promise<{ took: number[]; asked: string[][] }> {
  const cloud = createSlowCloud(systemClock, answerMs);
  const steps = evaluate(command, cloud);
  const took: number[] = [];
  const asked: string[][] = [];
  for (let round = 0; round <= rounds; round += 1) {
    cloud.asked.length = 0;
    took.push(await timePlan(steps, systemClock));
    asked.push([...cloud.asked]);
    await wait(restMs);
  }
  cloud.close();
  return { took: took.slice(1), asked };
}

const rows: string[][] = [];
const ratios: number[] = [];
const repeated = new Set<string>();
for (const [what, command] of Object.entries(commands)) {
  const alone = await longestAlone(command);
  const { took, asked } = await together(command);
  for (const call of asked.flatMap(repeatsOf)) repeated.add(call);
  const [best, worst] = [Math.min(...took), Math.max(...took)];
  ratios.push(best / alone.ms);
  const reads = String(asked[0]?.length ?? 0);
  rows.push([what, `${alone.step}, ${inMs(alone.ms)}`, reads, inMs(best), inMs(worst), (best / alone.ms).toFixed(2)]);
}
say(table(['command', 'longest chain of reads', 'reads', 'together, best', 'together, worst', 'ratio'], rows));
sayWanted('Planned, to the longest chain of reads', Math.max(...ratios), wanted, asRatio);
say(repeated.size === 0 ? 'No read was made twice.' : `Read twice:\n${[...repeated].join('\n')}`);
