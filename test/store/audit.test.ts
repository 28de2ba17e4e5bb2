import { expect, it } from '@jest/globals';
import type { AuditEntry } from '../../src/domain/ports/store.ts';
import { appendAudit, readAudit } from '../../src/store/audit.ts';
import { type AuditRow, verifyChain } from '../../src/store/verify-chain.ts';
import { describeStores, useStore } from '../support/stores.ts';

const entry = (what: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  at: new Date('2026-03-01T10:00:00.123Z'),
  who: 'ana',
  door: 'slack',
  what,
  incidentId: null,
  runId: null,
  detail: {},
  ...more,
});

describeStores('the audit log', (stores) => {
  const store = useStore(stores);
  const read = (of: { incidentId?: number; after?: number } = {}): Promise<AuditRow[]> =>
    store().tx((tx) => readAudit(tx, { limit: 1000, ...of }));

  it('chains rows of one transaction in order, whatever their detail holds', async () => {
    const detail = {
      zebra: 1,
      ant: { '10': 'ten', '9': 'nine', b: [1.5, 1e21, 1e-9, -0, null, true] },
      text: 'a\0b \ud800 é "quoted"',
      empty: {},
      'k\0ey': [],
    };
    await store().tx(async (tx) => {
      await appendAudit(tx, entry('one.thing', { detail, who: 'a\0na' }));
      await appendAudit(tx, entry('two.things', { incidentId: 4, runId: 'run_1' }));
    });
    const rows = await read();
    expect(rows.map(({ seq, what }) => ({ seq, what }))).toEqual([
      { seq: 1, what: 'one.thing' },
      { seq: 2, what: 'two.things' },
    ]);
    expect(rows[0]?.at).toEqual(new Date('2026-03-01T10:00:00.123Z'));
    expect(rows[0]?.who).toBe('a\uFFFDna');
    expect(verifyChain(rows)).toEqual({ ok: true, count: 2, head: rows[1]?.hash });
  });

  it('writes nothing for a transaction that threw', async () => {
    const before = (await read()).length;
    const failing = store().tx(async (tx) => {
      await appendAudit(tx, entry('thrown.away'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await read()).toHaveLength(before);
  });

  it('tells of each row once it is committed, and of none that was rolled back', async () => {
    const told: string[] = [];
    const place = await stores.place();
    const own = await stores.open(place, { audited: ({ what }) => told.push(what) });
    await own.tx(async (tx) => {
      await appendAudit(tx, entry('one.thing'));
      await appendAudit(tx, entry('two.things'));
      expect(told).toEqual([]);
    });
    expect(told).toEqual(['one.thing', 'two.things']);
    const failing = own.tx(async (tx) => {
      await appendAudit(tx, entry('thrown.away'));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(told).toEqual(['one.thing', 'two.things']);
    await own.close();
  });

  it('keeps one chain under many writers at once', async () => {
    const before = (await read()).length;
    const write = (turn: number): Promise<void> => store().tx((tx) => appendAudit(tx, entry(`turn.${turn}`)));
    await Promise.all(Array.from({ length: 40 }, (_, turn) => write(turn)));
    const rows = await read();
    expect(rows).toHaveLength(before + 40);
    expect(verifyChain(rows).ok).toBe(true);
  });

  it('does not wait for a row that another writer holds', async () => {
    const touch = (key: string): string => `insert into seen_request values ('${key}', now())
      on conflict (signature) do update set at = now()`;
    await store().tx((tx) => tx.query(touch('held')));
    let holds: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      holds = resolve;
    });
    const one = store().tx(async (tx) => {
      await tx.query(touch('held'));
      holds();
      await new Promise((resolve) => setImmediate(resolve));
      await appendAudit(tx, entry('holder.first'));
    });
    await held;
    const two = store().tx(async (tx) => {
      await appendAudit(tx, entry('waiter.first'));
      await tx.query(touch('held'));
    });
    await Promise.all([one, two]);
    expect(verifyChain(await read()).ok).toBe(true);
  });

  it('reads one incident, and on from a row', async () => {
    expect((await read({ incidentId: 4 })).map(({ what }) => what)).toEqual(['two.things']);
    const all = await read();
    expect(await read({ after: 2 })).toEqual(all.slice(2));
    expect(verifyChain(all.slice(2), { seq: 2, hash: all[1]?.hash ?? '' }).ok).toBe(true);
  });

  it('shows a change in the table, and which row was changed', async () => {
    await store().tx((tx) => tx.query(`update audit set who = 'eve' where seq = 2`));
    expect(verifyChain(await read())).toMatchObject({ ok: false, seq: 2 });
  });
});
