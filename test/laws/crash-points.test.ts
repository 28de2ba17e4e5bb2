import { afterAll, describe, expect, it } from '@jest/globals';
import { crashPoints } from '../../src/domain/ports/crash.ts';
import { makeDataFolder, startLife } from './support/life.ts';
import { lives } from './support/limit.ts';
import { liveThrough } from './support/live.ts';
import { deaths } from './support/points.ts';
import { expectNothingDoubled, withTold } from './support/verdict.ts';

const made = lives.add(makeDataFolder);

describe('a process that dies at a crash point goes on after its restart with nothing doubled', () => {
  afterAll(async () => (await made).remove());

  it('dies at every point there is', () => {
    expect(Object.keys(deaths).toSorted()).toEqual([...crashPoints].toSorted());
  });

  it.concurrent.each(Object.values(deaths).flat().map((crashes) => ({ crashes, at: crashes.join(', ') })))(
    '$at',
    ({ crashes }) =>
      lives.add(async () => {
        const life = await startLife({ crashes, dataFrom: (await made).path });
        const publishFirst = crashes.includes('statuspage.sent');
        const page = publishFirst ? ['investigating', 'monitoring', 'resolved'] : ['investigating', 'resolved'];
        await withTold(life, async () => {
          const channel = await liveThrough(life, publishFirst);
          await expectNothingDoubled(life, channel, { page, deaths: crashes.length });
        });
      }),
    600_000,
  );
});
