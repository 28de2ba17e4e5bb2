import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import { systemClock } from '../../src/clock/system-clock.ts';
import { NobodyListens } from '../../src/domain/errors.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { Flow, Workflow } from '../../src/domain/ports/engine.ts';
import { createDurable } from '../../src/durable/durable.ts';
import type { Durable } from '../../src/durable/types.ts';
import type { OpenStore } from '../../src/store/open.ts';
import { createQuietLog } from '../support/quiet-log.ts';
import { describeStores } from '../support/stores.ts';

const done = new Map<string, JsonObject[]>();
const tell = (id: string, word: JsonObject): null => {
  done.set(id, [...(done.get(id) ?? []), word]);
  return null;
};
async function until(id: string, count = 1): Promise<JsonObject[]> {
  for (;;) {
    const words = done.get(id) ?? [];
    if (words.length >= count) return words;
    await stopwatch.sleep(5);
  }
}

const workflows: Record<string, Workflow> = {
  echo: async (flow, input) => {
    await flow.step('echo', async () => tell(flow.id, input));
  },
  mailbox: async (flow) => {
    for (let got = 0; got < 3; got += 1) {
      const message = await flow.receive(30_000);
      await flow.step('note', async () => tell(flow.id, message ?? { none: true }));
    }
  },
  impatient: async (flow) => {
    const message = await flow.receive(20);
    await flow.step('note', async () => tell(flow.id, { message }));
  },
  twins: async (flow) => {
    for (let twice = 0; twice < 2; twice += 1) await flow.start('echo', `${flow.id}.child`, { of: flow.id });
    await flow.step('end', async () => tell(flow.id, {}));
  },
  broken: async () => {
    throw new Error('nobody expected this');
  },
  hasty: async (flow) => {
    const both = [flow.step('one', async () => null), flow.step('two', async () => null)];
    const refused = (await Promise.allSettled(both)).find((one) => one.status === 'rejected');
    const why = (refused?.reason as Error | undefined)?.message ?? 'neither was refused';
    await flow.step('end', async () => tell(flow.id, { why }));
  },
  nested: async (flow) => {
    await flow.step('try', () => insideTx(flow));
  },
};

let current: OpenStore | undefined;
async function insideTx(flow: Flow): Promise<null> {
  const sending = current?.tx(() => flow.send('x', {}));
  const why = await sending?.then(String, (error: Error) => error.message);
  return tell(flow.id, { why: why ?? null });
}

describeStores('durable execution', (stores) => {
  let store: OpenStore;
  const log = createQuietLog();
  let boots = 0;
  let durable: Durable;
  const launch = (): Promise<Durable> => {
    boots += 1;
    const executor = `boot-${boots}`;
    const onLost = (): never => {
      throw new Error('The lease was lost.');
    };
    return createDurable({ store, executor, clock: systemClock, stopwatch, workflows, log, onLost });
  };
  const start = (workflow: string, id: string, input: JsonObject = {}): Promise<void> =>
    store.tx((tx) => durable.engine.startIn(tx, workflow, id, input));
  const send = (to: string, message: JsonObject): Promise<void> =>
    store.tx((tx) => durable.engine.sendIn(tx, to, message));
  beforeAll(async () => {
    done.clear();
    store = await stores.open(await stores.place());
    current = store;
    durable = await launch();
  });
  afterAll(async () => {
    await durable.stop();
    await store.close();
  });

  it('starts once for two clicks at the same time, and tells the second that it was late', async () => {
    const click = (): Promise<'started' | 'late'> =>
      store.tx(async (tx) => {
        const claim = `insert into seen_request values ('click', now()) on conflict do nothing returning 1`;
        if ((await tx.query(claim)).length === 0) return 'late';
        await durable.engine.startIn(tx, 'echo', 'click', { click: true });
        return 'started';
      });
    expect((await Promise.all([click(), click()])).toSorted()).toEqual(['late', 'started']);
    expect(await until('click')).toEqual([{ click: true }]);
  });

  it('takes a second start of the same id for the first', async () => {
    await start('echo', 'same', { turn: 1 });
    await until('same');
    await start('echo', 'same', { turn: 2 });
    await start('echo', 'after-same');
    await until('after-same');
    expect(done.get('same')).toEqual([{ turn: 1 }]);
  });

  it('starts and sends nothing in a transaction that threw', async () => {
    await start('mailbox', 'rolled');
    const failing = store.tx(async (tx) => {
      await durable.engine.sendIn(tx, 'rolled', { from: 'thrown' });
      await durable.engine.startIn(tx, 'echo', 'never', {});
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    for (const letter of ['a', 'b', 'c']) await send('rolled', { letter });
    expect(await until('rolled', 3)).toEqual([{ letter: 'a' }, { letter: 'b' }, { letter: 'c' }]);
    expect(done.has('never')).toBe(false);
  });

  it('keeps a message that was sent in the same transaction as the start', async () => {
    await store.tx(async (tx) => {
      await durable.engine.startIn(tx, 'impatient', 'prompt', {});
      await durable.engine.sendIn(tx, 'prompt', { prompt: true });
    });
    expect(await until('prompt')).toEqual([{ message: { prompt: true } }]);
  });

  it('refuses to send to a workflow that does not exist, or to start an unknown one', async () => {
    await expect(send('nobody', {})).rejects.toThrow(NobodyListens);
    await expect(start('unknown', 'u')).rejects.toThrow(/no workflow unknown; there are echo/);
  });

  it('gives null when no message came in time', async () => {
    await start('impatient', 'waiting');
    expect(await until('waiting')).toEqual([{ message: null }]);
  });

  it('starts a child once, however often it is asked to', async () => {
    await start('twins', 'twins');
    await until('twins');
    expect(await until('twins.child')).toEqual([{ of: 'twins' }]);
  });

  it('refuses two operations of one workflow at once', async () => {
    await start('hasty', 'hasty');
    expect(await until('hasty')).toEqual([{ why: expect.stringMatching(/await one at a time/) }]);
  });

  it('refuses durable operations inside a transaction', async () => {
    await start('nested', 'nested');
    expect(await until('nested')).toEqual([{ why: expect.stringMatching(/inside store.tx/) }]);
  });

  it('shows a workflow that failed', async () => {
    await start('broken', 'broken');
    while ((await durable.status()).failed.length === 0) await stopwatch.sleep(20);
    const { failed, held } = await durable.status();
    expect(failed).toEqual([{ id: 'broken', workflow: 'broken', why: 'nobody expected this', at: expect.any(Date) }]);
    expect(held).toBe(true);
    expect(log.errors).toContain('A workflow ended with an error that nobody expected.');
  });

  it('hands a workflow out again that was handed to this process and never begun', async () => {
    const engine = DBOSExecutor.globalInstance;
    if (!engine) throw new Error('The engine is not launched.');
    const dispatch = engine.dispatchDequeuedWorkflows.bind(engine);
    const lost: string[] = [];
    engine.dispatchDequeuedWorkflows = async (ids, owner) => {
      if (!ids.includes('stranded') || lost.length > 0) return dispatch(ids, owner);
      lost.push(...ids);
    };
    await start('echo', 'stranded', { here: true });
    expect(await until('stranded')).toEqual([{ here: true }]);
    expect(lost).toEqual(['stranded']);
  });

  it('refuses to be created twice in a process', async () => {
    await expect(launch()).rejects.toThrow(/already/);
  });

  it('goes on after a stop with what was waiting, and does nothing in between', async () => {
    await start('mailbox', 'stopped');
    await send('stopped', { letter: 1 });
    await until('stopped');
    const { lease } = durable;
    await durable.stop();
    await expect(lease.assertHeld()).rejects.toThrow(/may do nothing more/);
    durable = await launch();
    await durable.lease.assertHeld();
    await send('stopped', { letter: 2 });
    await send('stopped', { letter: 3 });
    expect(await until('stopped', 3)).toEqual([{ letter: 1 }, { letter: 2 }, { letter: 3 }]);
    expect((await durable.status()).failed.map(({ id }) => id)).toEqual(['broken']);
  });

  it('stops before a step that is about to begin, and writes nothing down of it', async () => {
    const engine = DBOSExecutor.globalInstance?.systemDatabase;
    if (!engine) throw new Error('The engine is not launched.');
    const read = engine.getOperationResultAndThrowIfCancelled.bind(engine);
    let isStopped = false;
    const asked = new Promise<void>((resolve) => {
      engine.getOperationResultAndThrowIfCancelled = async (id, step) => {
        if (id === 'about') {
          resolve();
          for (let looks = 0; looks < 100 && !isStopped; looks += 1) await stopwatch.sleep(10);
        }
        return read(id, step);
      };
    });
    await start('echo', 'about', { late: true });
    await asked;
    await durable.stop();
    isStopped = true;
    await stopwatch.sleep(200);
    durable = await launch();
    expect(await until('about')).toEqual([{ late: true }]);
    expect((await durable.status()).failed.map(({ id }) => id)).toEqual(['broken']);
  });
});
