import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CallFault } from '../../../../src/sim/world/fault.ts';
import { type SimulatedMuster, startSimulatedMuster } from '../../../support/simulated-muster.ts';
import { createManyWorlds, type ManyWorlds, type NamedCall, nameCall } from './many-worlds.ts';
import { recovery } from './recovered.ts';
import { type Came, type Moment, type Trouble, tryFailover } from './try-failover.ts';

type Fails = Exclude<CallFault['fails'], 'slow'>;
const everyWay: readonly Fails[] = ['error', 'timeout', 'access-denied', 'throttling', 'lost-answer', 'garbage'];

interface Tried {
  attempt(trouble: Trouble): Promise<Came>;
  /** Every distinct call that the latest failover made, from its planning to its end. */
  asked(): NamedCall[];
}

/**
 * For `describe`: one Muster for the whole file, and a world of its own for each failover. What a machine stands still for
 * counts `scale` times: a step may time out by it.
 */
export function useFailovers(scale = 1_200): Tried {
  let muster: SimulatedMuster | undefined;
  let worlds: ManyWorlds | undefined;
  const opened = (): { muster: SimulatedMuster; worlds: ManyWorlds } => {
    if (!muster || !worlds) throw new Error('Muster runs only while tests do.');
    return { muster, worlds };
  };
  beforeAll(async () => {
    muster = await startSimulatedMuster({
      scale,
      env: { MUSTER_LOG_LEVEL: 'error' },
      createWorld: (clock) => {
        worlds = createManyWorlds(clock);
        return worlds.world;
      },
    });
  });
  afterAll(() => muster?.close());
  return {
    attempt: (trouble) => tryFailover(opened().muster, opened().worlds, trouble),
    asked: () => opened().worlds.asked(),
  };
}

/** Every call of a good failover, failing in every way from this moment on, one after the other. */
export function sweepFrom(moment: Moment): void {
  const failovers = useFailovers();
  let calls: NamedCall[] = [];

  it('succeeds where nothing fails', async () => {
    const came = await failovers.attempt({ faults: [], moment });
    calls = failovers.asked();
    expect(came).toMatchObject({ verdict: 'ready', run: { run: { outcome: 'succeeded' } } });
    expect(came.recovered).toEqual(recovery);
    expect(calls.length).toBeGreaterThan(15);
  });

  it.each(everyWay)(
    'never succeeds without recovery, whichever call fails: %s',
    async (fails) => {
      const came: Record<string, string[]> = {};
      for (const call of calls) {
        const { service, command, region } = call;
        const fault = { kind: 'call' as const, fails, service, command, ...(region === '' ? {} : { region }) };
        came[nameCall(call)] = falsehoods(
          await failovers.attempt({ faults: [fault], moment }),
          hidesReading(call, fails),
        );
      }
      expect(came).toEqual(Object.fromEntries(calls.map((call) => [nameCall(call), []])));
    },
    150_000,
  );
}

const reading = /^(Describe|Get|Head|get$|query$|addresses$)/;

/**
 * Whether something that a failover reads is never read by it. An effect whose answer never comes, or says nothing, can
 * still be seen in what it changed; and HeadBucket's answer has nothing in it to lose.
 */
function hidesReading({ command }: NamedCall, fails: Fails): boolean {
  return reading.test(command) && !(command === 'HeadBucket' && fails === 'garbage');
}

/** Sentences about what a failover claims and what is not so; `blind` where one of its readings cannot have come. */
export function falsehoods({ run, verdict, problems, recovered }: Came, blind = false): string[] {
  const outcome = run?.run.outcome ?? null;
  if (run === null) return verdict === 'blocked' && problems.length > 0 ? [] : ['it was blocked without a reason'];
  if (outcome === null) return run.run.status === 'paused' && run.run.note ? [] : ['it stopped without a reason'];
  if (outcome !== 'succeeded' && outcome !== 'succeeded-with-exceptions') return [];
  const missing = recovery.filter((name) => !recovered.includes(name) && !(name === 'fenced' && defersFence(run)));
  const unread = run.plan.steps.flatMap((step) => step.checks.filter(({ verdict: found }) => found !== 'pass'));
  const unseen = run.steps.filter(({ status }) => status !== 'done' && status !== 'unchanged');
  const claims = missing.map((name) => `it says ${outcome}, and it is not so: ${name}`);
  if (outcome === 'succeeded') {
    claims.push(...unread.map(({ title }) => `it says succeeded, and did not read: ${title}`));
    claims.push(...unseen.map(({ id, status }) => `it says succeeded, and ${id} is ${status}`));
    if (blind) claims.push('it says succeeded, though one of its readings never came');
  } else if (run.run.exceptions.length < Math.max(1, unread.length, unseen.length)) {
    claims.push(`it names too few exceptions: ${run.run.exceptions.join('; ')}`);
  }
  return claims;
}

function defersFence({ steps, run }: NonNullable<Came['run']>): boolean {
  const deferred = steps.some(({ id, status }) => id === 'fence' && status === 'deferred');
  return deferred && run.exceptions.some((exception) => exception.startsWith('fence deferred'));
}
