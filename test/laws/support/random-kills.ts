import { setTimeout as wait } from 'node:timers/promises';
import type { Life } from './life.ts';
import { liveThrough } from './live.ts';

/** Real milliseconds of a process's life after it has come up. */
const lived = { least: 50, most: 2500 };

/** Lives through it all while the process is killed `life.deaths` times, each at an instant that the seed decides. */
export async function liveWhileKilled(life: Life, seed: number): Promise<void> {
  await Promise.all([liveThrough(life), killAtRandom(life, seed)]);
}

async function killAtRandom({ bot, deaths }: Life, seed: number): Promise<void> {
  const random = randomFrom(seed);
  for (let kill = 1; kill <= deaths; kill += 1) {
    await bot.changes.until(() => bot.state.state === 'up', `Muster to be up before kill ${kill}`, 60_000);
    await wait(lived.least + random() * (lived.most - lived.least));
    bot.kill();
    await bot.changes.until(() => bot.state.restarts === kill, `kill ${kill}`, 10_000);
  }
}

/** Numbers from 0 to 1 that are the same for the same seed: mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
