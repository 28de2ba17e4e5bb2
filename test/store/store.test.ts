import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Fact } from '../../src/domain/facts.ts';
import type { Tx } from '../../src/domain/ports/store.ts';
import type { Subscriber } from '../../src/store/open.ts';
import { describeStores, useStore } from '../support/stores.ts';

const heard: Fact[] = [];
const subscriber: Subscriber = async (tx, fact) => {
  heard.push(fact);
  if (fact.kind === 'IncidentDeclared') await tx.tell({ kind: 'IncidentChanged', incidentId: fact.incidentId });
  if (fact.kind === 'PlanPosted') throw new Error('this subscriber refuses');
};

const remember = (tx: Tx, signature: string): Promise<unknown> =>
  tx.query('insert into seen_request (signature, at) values ($1, $2)', [signature, systemClock.now()]);
const recall = (tx: Tx, signature: string): Promise<unknown[]> =>
  tx.query('select 1 from seen_request where signature = $1', [signature]);

describeStores('a store', (stores) => {
  const store = useStore(stores, [subscriber]);
  const isThere = async (signature: string): Promise<boolean> =>
    (await store().tx((tx) => recall(tx, signature))).length === 1;

  it('keeps what a transaction wrote once it has committed', async () => {
    await store().tx((tx) => remember(tx, 'kept'));
    expect(await isThere('kept')).toBe(true);
  });

  it('keeps nothing of a transaction that threw', async () => {
    const failing = store().tx(async (tx) => {
      await remember(tx, 'thrown');
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await isThere('thrown')).toBe(false);
  });

  it('does not call a transaction done when a failed statement was swallowed in it', async () => {
    const swallowing = store().tx(async (tx) => {
      await remember(tx, 'swallowed');
      await tx.query('select 1/0').catch(() => undefined);
    });
    await expect(swallowing).rejects.toThrow(/rolled back/);
    expect(await isThere('swallowed')).toBe(false);
  });

  it('tells facts to subscribers in the same transaction, and theirs in turn', async () => {
    heard.length = 0;
    await store().tx((tx) => tx.tell({ kind: 'IncidentDeclared', incidentId: 7 }));
    expect(heard.map(({ kind }) => kind)).toEqual(['IncidentDeclared', 'IncidentChanged']);
  });

  it('rolls back when a subscriber throws', async () => {
    const telling = store().tx(async (tx) => {
      await remember(tx, 'told');
      await tx.tell({ kind: 'PlanPosted', incidentId: 7, planId: 'p' });
    });
    await expect(telling).rejects.toThrow('this subscriber refuses');
    expect(await isThere('told')).toBe(false);
  });

  it('runs hooks after the commit only, and outside the transaction', async () => {
    const seen: string[] = [];
    let later: Promise<boolean> | undefined;
    await store().tx(async (tx) => {
      tx.afterCommit(() => {
        seen.push('hook');
        later = isThere('hooked');
      });
      await remember(tx, 'hooked');
      seen.push('work');
    });
    expect(seen).toEqual(['work', 'hook']);
    expect(await later).toBe(true);
    const failing = store().tx(async (tx) => {
      tx.afterCommit(() => seen.push('never'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(seen).not.toContain('never');
  });

  it('refuses a transaction or the pool inside a transaction', async () => {
    await expect(store().tx(() => store().tx(async () => 1))).rejects.toThrow(/inside store.tx/);
    await expect(store().tx(() => store().pool.query('select 1'))).rejects.toThrow(/inside store.tx/);
    await expect(store().tx(() => store().pool.connect())).rejects.toThrow(/inside store.tx/);
    const withCallback = store().tx(
      () => new Promise((_, reject) => store().pool.query('select 1', (error: unknown) => reject(error))),
    );
    await expect(withCallback).rejects.toThrow(/inside store.tx/);
    expect((await store().pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('refuses a tx that has ended', async () => {
    let kept: Tx | undefined;
    await store().tx(async (tx) => {
      kept = tx;
    });
    await expect(kept?.query('select 1')).rejects.toThrow(/has ended/);
  });

  it('keeps transactions of many callers apart', async () => {
    const count = async (turn: number): Promise<void> => {
      await store().tx(async (tx) => {
        await remember(tx, `apart-${turn}-a`);
        await new Promise((resolve) => setImmediate(resolve));
        if (turn % 3 === 0) throw new Error('apart');
        await remember(tx, `apart-${turn}-b`);
      });
    };
    const results = await Promise.allSettled(Array.from({ length: 60 }, (_, turn) => count(turn)));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    const rows = await store().tx((tx) => tx.query(`select 1 from seen_request where signature like 'apart-%'`));
    expect(rows).toHaveLength(80);
  });

  it('brings both of two transactions that wait for each other to their end', async () => {
    await store().tx(async (tx) => {
      await remember(tx, 'left');
      await remember(tx, 'right');
    });
    const touch = (tx: Tx, signature: string) =>
      tx.query(`update seen_request set at = at + interval '1 s' where signature = $1 returning at`, [signature]);
    const begun: string[] = [];
    const cross = (first: string, second: string) =>
      store().tx(async (tx) => {
        begun.push(first);
        await touch(tx, first);
        // On the embedded store one comes after the other.
        for (let look = 0; look < 50 && new Set(begun).size < 2; look += 1) await wait(10);
        return touch(tx, second);
      });
    const done = await Promise.all([cross('left', 'right'), cross('right', 'left')]);
    expect(done.map((rows) => rows.length)).toEqual([1, 1]);
    expect(begun.length).toBe(stores.kind === 'postgres' ? 3 : 2);
  });

  it('keeps named statements of connections apart', async () => {
    const [one, two] = await Promise.all([store().pool.connect(), store().pool.connect()]);
    try {
      const ask = async (client: typeof one, text: string): Promise<unknown> =>
        (await client.query({ name: 'same', text, values: ['x'] })).rows[0];
      expect(await ask(one, 'select $1::text as a')).toEqual({ a: 'x' });
      expect(await ask(two, 'select $1::text as b')).toEqual({ b: 'x' });
      expect(await ask(one, 'select $1::text as a')).toEqual({ a: 'x' });
    } finally {
      one.release();
      two.release();
    }
  });

  it('brings notifications to whoever listens, once the sender has committed', async () => {
    const listener = await store().pool.connect();
    const got: (string | undefined)[] = [];
    try {
      listener.on('notification', ({ payload }) => got.push(payload));
      await listener.query('listen muster_test');
      await store().tx(async (tx) => {
        await tx.query(`select pg_notify('muster_test', 'hello')`);
        await new Promise((resolve) => setImmediate(resolve));
        got.push('before commit');
      });
      await store().pool.query('select 1');
      while (got.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(got).toEqual(['before commit', 'hello']);
    } finally {
      listener.release(true);
    }
  });

  it('gives the session back when a connection ends inside its transaction', async () => {
    const client = await store().pool.connect();
    await client.query('begin');
    await client.query(`insert into seen_request values ('abandoned', now())`);
    client.release(true);
    expect(await isThere('abandoned')).toBe(false);
  });

  it('carries large values both ways', async () => {
    const text = 'é'.repeat(1_500_000);
    const [row] = await store().tx((tx) => tx.query<{ text: string }>('select $1::text as text', [text]));
    expect(row?.text === text).toBe(true);
  });
});
