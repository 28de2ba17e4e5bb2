import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crashPoints } from '../../src/domain/ports/crash.ts';
import { makeDataFolder, startLife } from './support/life.ts';
import { liveThrough } from './support/live.ts';
import { beginLives, type Lives } from './support/lived.ts';
import { deaths } from './support/points.ts';
import { expectDeaths, expectNothingDoubled } from './support/verdict.ts';

describe('a process that dies at a crash point goes on after its restart with nothing doubled', () => {
  const named = deaths.map((crashes) => ({ crashes, at: crashes.join(', ') }));
  let made: Awaited<ReturnType<typeof makeDataFolder>>;
  let lives: Lives;
  beforeAll(async () => {
    made = await makeDataFolder();
    const begin = named.map(({ at, crashes }) => [at, () => startLife({ crashes, dataFrom: made.path })] as const);
    lives = beginLives(new Map(begin), liveThrough);
  });
  afterAll(() => made.remove());

  it('dies at every point there is', () => {
    const died = new Set(deaths.flat().map((at) => at.split(':')[0]));
    expect([...died].toSorted()).toEqual([...crashPoints].toSorted());
  });

  it.each(named)(
    '$at',
    ({ at, crashes }) =>
      lives.judge(at, (life, evidence) => {
        expectDeaths(life, crashes.length);
        expectNothingDoubled(life, evidence, ['investigating', 'monitoring', 'resolved']);
      }),
    300_000,
  );
});
