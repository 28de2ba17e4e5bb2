import { expect, it } from '@jest/globals';
import type { Outgoing } from '../../src/domain/notice.ts';
import {
  claimNext,
  enqueue,
  markLater,
  markRefused,
  markSent,
  type OutboxRow,
  renewClaim,
} from '../../src/store/outbox.ts';
import { describeStores, useStore } from '../support/stores.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, second));
const document: Outgoing = { to: 'slack', do: 'open-channel', incidentId: 1 };

describeStores('the outbox', (stores) => {
  const store = useStore(stores);
  const put = (lane: string, key: string, due = at(0), what: Outgoing = document) =>
    store().tx((tx) => enqueue(tx, { key, lane, document: what, dueAt: due }));
  const claim = (now: Date, to: Outgoing['to'] = 'slack') =>
    store().tx((tx) => claimNext(tx, { to, now, staleBefore: new Date(now.getTime() - 30_000) }));
  const claimed = async (now: Date): Promise<OutboxRow> => {
    const row = await claim(now);
    if (!row) throw new Error('nothing was due');
    return row;
  };
  const sent = (row: OutboxRow) => store().tx((tx) => markSent(tx, row, {}, at(1)));
  const drain = async (now: Date): Promise<string[]> => {
    const row = await claim(now);
    if (!row) return [];
    await sent(row);
    return [row.key, ...(await drain(now))];
  };

  it('says a thing once, and keeps what it said first', async () => {
    await put('once', 'once');
    await put('once', 'once', at(0), { ...document, incidentId: 2 });
    expect((await claimed(at(1))).document).toEqual(document);
    expect(await claim(at(1))).toBeNull();
    await sent({
      id: await firstId('once'),
      key: 'once',
      lane: 'once',
      document,
      attempts: 1,
      doubtful: false,
      broadcastId: null,
    });
  });
  const firstId = (key: string) =>
    store().tx(
      async (tx) => (await tx.query<{ id: number }>('select id::int from outbox where key = $1', [key]))[0]?.id ?? 0,
    );

  it('gives out only the head of a lane, and other lanes beside it', async () => {
    await put('a', 'a1');
    await put('a', 'a2');
    await put('b', 'b1');
    const [first, second, third] = [await claim(at(1)), await claim(at(1)), await claim(at(1))];
    expect([first?.key, second?.key, third]).toEqual(['a1', 'b1', null]);
    if (first) await sent(first);
    expect(await claim(at(1))).toMatchObject({ key: 'a2', attempts: 1 });
    if (second) await sent(second);
    await sent(await claimed(at(40)));
  });

  it('gives one row to one of many that ask at once', async () => {
    for (const lane of ['c', 'd', 'e']) await put(lane, `${lane}1`);
    const rows = await Promise.all(Array.from({ length: 8 }, () => claim(at(1))));
    expect(rows.flatMap((row) => row?.key ?? []).sort()).toEqual(['c1', 'd1', 'e1']);
    for (const row of rows) if (row) await sent(row);
  });

  it('keeps a lane waiting while its head is due later', async () => {
    await put('f', 'f1');
    await put('f', 'f2');
    const row = await claimed(at(1));
    await store().tx((tx) => markLater(tx, row, { why: 'no answer', dueAt: at(20), untouched: false }));
    expect(await claim(at(10))).toBeNull();
    expect(await drain(at(20))).toEqual(['f1', 'f2']);
  });

  it('doubts what was tried before, unless the far end has certainly done nothing', async () => {
    await put('doubted', 'doubted');
    const first = await claimed(at(1));
    expect(first.doubtful).toBe(false);
    await store().tx((tx) => markLater(tx, first, { why: 'limited', dueAt: at(2), untouched: true }));
    const second = await claimed(at(2));
    expect(second).toMatchObject({ attempts: 2, doubtful: false });
    await store().tx((tx) => markLater(tx, second, { why: 'no answer', dueAt: at(3), untouched: false }));
    const third = await claimed(at(3));
    expect(third.doubtful).toBe(true);
    await store().tx((tx) => markLater(tx, third, { why: 'limited', dueAt: at(4), untouched: true }));
    const fourth = await claimed(at(4));
    expect(fourth.doubtful).toBe(true);
    await sent(fourth);
  });

  it('goes on behind a row that was refused', async () => {
    await put('g', 'g1');
    await put('g', 'g2');
    const row = await claimed(at(1));
    await store().tx((tx) => markRefused(tx, row, 'channel not found', at(1)));
    expect(await drain(at(1))).toEqual(['g2']);
  });

  it('takes over from a process that is silent, whose late word then counts for nothing', async () => {
    await put('h', 'h1');
    const first = await claimed(at(0));
    expect(await store().tx((tx) => renewClaim(tx, first, at(20)))).toBe(true);
    expect(await claim(at(45))).toBeNull();
    const second = await claimed(at(50));
    expect(second).toMatchObject({ id: first.id, attempts: 2 });
    expect(await sent(first)).toBe(false);
    expect(await store().tx((tx) => renewClaim(tx, first, at(51)))).toBe(false);
    expect(await sent(second)).toBe(true);
  });

  it('keeps destinations apart', async () => {
    await put('statuspage:page01', 'i1', at(0), {
      to: 'statuspage',
      do: 'update',
      incidentId: 1,
      body: 'x',
      status: 'monitoring',
      components: {},
      notify: true,
    });
    expect(await claim(at(1))).toBeNull();
    expect(await claim(at(1), 'statuspage')).toMatchObject({ key: 'i1' });
  });
});
