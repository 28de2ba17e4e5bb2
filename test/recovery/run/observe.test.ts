import { expect, it } from '@jest/globals';
import type { Observation } from '../../../src/domain/action.ts';
import { observeUntil } from '../../../src/recovery/run/observe.ts';
import { StoreUnreachable } from '../../../src/store/failures.ts';
import { jumpingClock } from '../../actions/ground.ts';

const done: Observation = { state: 'done', output: { ended: true } };
const due: Observation = { state: 'working', progress: 'half of it', againInMs: 1_000, due: 'second half' };

/** Looks that show one after the other, and what was sent for them. */
function watching(looks: readonly Observation[], send: () => Promise<void> = async () => {}) {
  const clock = jumpingClock();
  const sent: string[] = [];
  const told: string[] = [];
  const left = [...looks];
  const deps = { clock, rest: clock.sleep, stopwatch: { sleep: () => new Promise<void>(() => {}) } };
  const action = { observe: async () => left.shift() ?? due };
  const until = (deadline: Date, advances = true) =>
    observeUntil(
      deps,
      action,
      {
        ...{ input: {}, receipt: {}, deadline },
        ctx: {
          ...{ clock, mode: 'graceful', purpose: 'run', owner: 'run_1/step' },
          regions: { active: 'a', standby: 'b', primary: 'a', recovery: 'b' },
        },
        ...(advances
          ? {
              advance: async (what: string) => {
                sent.push(what);
                await send();
              },
            }
          : {}),
      },
      async (words) => {
        told.push(words);
      },
    );
  return { clock, sent, told, until };
}

const inHours = (from: Date, hours: number): Date => new Date(from.getTime() + hours * 3_600_000);

it('sends what a look calls due, as often as looks call it so', async () => {
  const { clock, sent, until } = watching([due, due, { state: 'working', progress: 'rest', againInMs: 1 }, done]);
  expect(await until(inHours(clock.now(), 1))).toEqual(done);
  expect(sent).toEqual(['second half', 'second half']);
});

it('tells why it could not be sent, and never takes that for an end', async () => {
  const { clock, told, until } = watching([due, done], async () => {
    throw new Error('The rename was not confirmed.');
  });
  expect(await until(inHours(clock.now(), 1))).toEqual(done);
  expect(told).toEqual(['The rename was not confirmed.']);
});

it('is unknown, not failed, where it could not be sent until its time was over', async () => {
  const { clock, until } = watching([], async () => {
    await clock.sleep(3_600_000);
    throw new Error('It was not confirmed.');
  });
  expect(await until(inHours(clock.now(), 1))).toMatchObject({ state: 'unknown' });
});

it('sends nothing more once its time is over', async () => {
  const { clock, sent, until } = watching([]);
  expect(await until(clock.now())).toMatchObject({ state: 'failed' });
  expect(sent).toEqual([]);
});

it('sends nothing where nothing had to be changed', async () => {
  const { clock, sent, until } = watching([due, done]);
  expect(await until(inHours(clock.now(), 1), false)).toEqual(done);
  expect(sent).toEqual([]);
});

it('leaves it to the next life when the store is away before it is written down', async () => {
  const { clock, until } = watching([due, done], async () => {
    throw new StoreUnreachable('the store is away');
  });
  await expect(until(inHours(clock.now(), 1))).rejects.toThrow('the store is away');
});

it('is unknown once a look has hung for too long, though it does not heed its signal', async () => {
  const clock = jumpingClock();
  const told: string[] = [];
  const looks = [() => new Promise<Observation>(() => {}), async () => done];
  const seen = await observeUntil(
    { clock, rest: clock.sleep, stopwatch: { sleep: async () => {} } },
    { observe: () => looks.shift()?.() ?? Promise.resolve(due) },
    {
      ...{ input: {}, receipt: {}, deadline: inHours(clock.now(), 1) },
      ctx: {
        ...{ clock, mode: 'graceful', purpose: 'run', owner: 'run_1/step' },
        regions: { active: 'a', standby: 'b', primary: 'a', recovery: 'b' },
      },
    },
    async (words) => {
      told.push(words);
    },
  );
  expect(told).toEqual(['no answer within 20 seconds']);
  expect(seen).toEqual(done);
});
