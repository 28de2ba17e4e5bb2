import { beforeEach, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock/system-clock.ts';
import type { Tx } from '../../src/domain/ports/store.ts';
import { appendAudit } from '../../src/store/audit.ts';
import { recordLive, touchLive } from '../../src/store/live-messages.ts';
import { describeStores, useStore } from '../support/stores.ts';

describeStores('touching live messages', (stores) => {
  const store = useStore(stores);
  const now = systemClock.now();
  beforeEach(() =>
    store().tx(async (tx) => {
      for (const key of ['a', 'b']) {
        const notice = { kind: 'run', runId: key } as const;
        await recordLive(tx, { key, notice, channel: 'C1', ts: key, at: now });
      }
    }),
  );
  const changed = (): Promise<{ key: string; changed: number }[]> =>
    store().tx((tx) => tx.query('select key, changed::int from live_message order by key'));
  const audited = (tx: Tx) =>
    appendAudit(tx, { at: now, who: 'ana', door: 'slack', what: 'x', incidentId: null, runId: null, detail: {} });

  it('never makes two transactions wait for one another, in whatever order they touch and write the log', async () => {
    const before = await changed();
    const orders = [
      ['a', 'b'],
      ['b', 'a'],
    ];
    const works = Array.from({ length: 40 }, (_, turn) =>
      store().tx(async (tx) => {
        if (turn % 2 === 0) await audited(tx);
        for (const key of orders[turn % 2] ?? []) {
          touchLive(tx, key, now);
          await tx.query('select 1');
        }
        await audited(tx);
      }),
    );
    await Promise.all(works);
    expect(await changed()).toEqual(before.map((row) => ({ ...row, changed: row.changed + 40 })));
  });

  it('changes nothing when the transaction is rolled back', async () => {
    const before = await changed();
    const failing = store().tx(async (tx) => {
      touchLive(tx, 'a', now);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await changed()).toEqual(before);
  });
});
