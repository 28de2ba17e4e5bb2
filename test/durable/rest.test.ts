import { expect, it } from '@jest/globals';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Workflow } from '../../src/domain/ports/engine.ts';
import { createDurable } from '../../src/durable/durable.ts';
import type { Durable } from '../../src/durable/types.ts';
import { createQuietLog } from '../support/quiet-log.ts';
import { describeStores } from '../support/stores.ts';

const hour = 3_600_000;

describeStores('a step that rests', (stores) => {
  it('is not waited for by a process that stops, and is gone on with at the next start', async () => {
    const place = await stores.place();
    const store = await stores.open(place);
    let durable: Durable | null = null;
    let begun = 0;
    const seen: { rests?: () => void; ends?: () => void } = {};
    const rests = new Promise<void>((resolve) => Object.assign(seen, { rests: resolve }));
    const ended = new Promise<void>((resolve) => Object.assign(seen, { ends: resolve }));
    const looks: Workflow = async (flow) => {
      await flow.step('look', async () => {
        begun += 1;
        const rest = durable?.rest(begun === 1 ? hour : 1);
        seen.rests?.();
        await rest;
        return null;
      });
      seen.ends?.();
    };
    const launch = (executor: string, time = stopwatch): Promise<Durable> => {
      const onLost = (): void => {};
      const log = createQuietLog();
      return createDurable({ store, executor, clock: systemClock, stopwatch: time, workflows: { looks }, log, onLost });
    };
    // By this watch no time goes by: whoever waits for a step to end waits for ever.
    const first = await launch('boot-1', { ...stopwatch, elapsed: () => 0 });
    durable = first;
    await store.tx((tx) => first.engine.startIn(tx, 'looks', 'one', {}));
    await rests;
    await first.stop();
    const second = await launch('boot-2');
    durable = second;
    await ended;
    expect(begun).toBe(2);
    await second.stop();
    await store.close();
  });
});
