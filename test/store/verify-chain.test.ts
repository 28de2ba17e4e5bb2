import { describe, expect, it } from '@jest/globals';
import { type AuditRow, firstPrev, hashRow, verifyChain } from '../../src/store/verify-chain.ts';

function chain(length: number): AuditRow[] {
  const rows: AuditRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const content = {
      seq,
      at: new Date(Date.UTC(2026, 0, 1, 0, 0, seq)),
      who: 'ana',
      door: 'terminal',
      what: 'consent.granted',
      incidentId: 1,
      runId: seq % 2 ? 'run_1' : null,
      detail: { turn: seq, nested: { b: 1, a: [1, 2] } },
      prev: rows.at(-1)?.hash ?? firstPrev,
    };
    rows.push({ ...content, hash: hashRow(content) });
  }
  return rows;
}
const change = (rows: AuditRow[], at: number, more: Partial<AuditRow>): AuditRow[] =>
  rows.map((row, index) => (index === at ? { ...row, ...more } : row));

describe('verifyChain', () => {
  it('accepts a chain, and an empty one', () => {
    const rows = chain(5);
    expect(verifyChain(rows)).toEqual({ ok: true, count: 5, head: rows[4]?.hash });
    expect(verifyChain([])).toEqual({ ok: true, count: 0, head: firstPrev });
  });

  it('does not depend on the order of keys', () => {
    const rows = change(chain(3), 1, { detail: { nested: { a: [1, 2], b: 1 }, turn: 2 } });
    expect(verifyChain(rows).ok).toBe(true);
  });

  it.each<Partial<AuditRow>>([
    { at: new Date('2026-01-01T00:00:09Z') },
    { who: 'eve' },
    { door: 'slack' },
    { what: 'consent.refused' },
    { incidentId: 2 },
    { runId: 'run_2' },
    { detail: { turn: 3, nested: { b: 1, a: [2, 1] } } },
    { hash: firstPrev },
  ])('names the row whose content was changed: %j', (more) => {
    expect(verifyChain(change(chain(5), 2, more))).toMatchObject({ ok: false, seq: 3 });
  });

  it('names the place where rows are missing or were put in another order', () => {
    const rows = chain(5);
    expect(verifyChain(rows.toSpliced(2, 1))).toMatchObject({ ok: false, seq: 4 });
    expect(verifyChain(rows.slice(1))).toMatchObject({ ok: false, seq: 2 });
    expect(verifyChain([...rows.slice(0, 2), ...rows.slice(2).reverse()])).toMatchObject({ ok: false, seq: 5 });
  });

  it('is not fooled by a row that was changed together with its own hash', () => {
    const rows = chain(5);
    const forged = { ...(rows[2] as AuditRow), who: 'eve' };
    expect(verifyChain(change(rows, 2, { ...forged, hash: hashRow(forged) }))).toMatchObject({ ok: false, seq: 4 });
  });
});
