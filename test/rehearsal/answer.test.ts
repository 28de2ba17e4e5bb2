import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../src/domain/json.ts';
import { answerInstead } from '../../src/rehearsal/answer.ts';
import { deriveEstate } from '../../src/rehearsal/estate/derive.ts';
import { refuseTorn } from '../../src/rehearsal/estate/torn.ts';
import { createWorld, simulatedProbes } from '../../src/sim/index.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { commandOf, otherHome } from './other-home.ts';

const connection = 'env:LEDGER_A';
const tables = 'select total from trial_balance where year = $1';
const up = 'https://bank.example/up';
const asking = (id: string, query: string, expected: JsonObject, params: JsonObject[string] = []) => ({
  ...{ id, uses: 'sql.assert', with: { connection, query, expect: expected, params } },
});
const visiting = (id: string, expected: JsonObject) => ({ id, uses: 'http.check', with: { url: up, ...expected } });

/** The far ends of a command of these steps, as its rehearsal has them. */
function rehearsed(...steps: object[]) {
  const command = commandOf('look', JSON.stringify({ name: 'look', title: 'Look', steps }));
  const { ways, estate, standIns } = deriveEstate({ home: otherHome, command, inputs: {}, mode: 'graceful' });
  const { call } = createWorld({ clock: createManualClock(), estate });
  const stood: string[] = [];
  const { http, sql } = simulatedProbes(answerInstead(call, standIns, (step) => stood.push(step)));
  return {
    stood,
    get: () => http.get(up, { timeoutMs: 5_000 }),
    query: (text: string, values: unknown[] = []) => sql.query(connection, text, values, { timeoutMs: 5_000 }),
    refused: refuseTorn({ command: command.name, there: ways.there, standIns }, call),
  };
}

describe('checks that are answered as they expect', () => {
  it('are all named where they share a query, and the row holds what each expects', async () => {
    const { query, stood, refused } = rehearsed(
      asking('before', tables, { total: 7 }, [2026]),
      asking('other', tables, { total: 8 }, [2025]),
      asking('after', tables, { total: 7, balanced: true }, [2026]),
    );
    await refused;
    expect(await query(tables, [2026])).toEqual([{ total: 7, balanced: true }]);
    expect(stood).toEqual(['before', 'after']);
    expect(await query(tables, [2025])).toEqual([{ total: 8 }]);
  });

  it('are all named where they share an address, and what the simulation shows stays in it', async () => {
    const { get, stood, refused } = rehearsed(
      visiting('plain', {}),
      visiting('ledger', { contains: 'LEDGER UP' }),
      visiting('books', { contains: 'BOOKS OPEN' }),
    );
    await refused;
    const { status, body } = await get();
    expect(status).toBe(200);
    for (const text of ['"status":"ok"', 'LEDGER UP', 'BOOKS OPEN']) expect(body).toContain(text);
    expect(stood).toEqual(['ledger', 'books']);
  });

  it.each([
    ['rows', asking('one', tables, { total: 7 }), asking('two', tables, { total: 8 }), `${connection} the same query`],
    [
      'answers of what the simulated database does not know',
      ...([
        asking('one', 'select our_mode() as mode', { mode: 1 }),
        asking('two', 'select our_mode() as mode', { mode: 2 }),
      ] as const),
      `${connection} the same query`,
    ],
    ['statuses', visiting('one', { status: 301 }), visiting('two', {}), up],
  ])('are refused where two that are the same expect different %s', async (_what, one, two, asked) => {
    await expect(rehearsed(one, two).refused).rejects.toThrow(
      `look cannot be rehearsed: one and two ask ${asked} and expect different answers, and the simulated cloud does ` +
        'not know when it gives which. Nothing has been begun.',
    );
  });

  it('are not refused where the simulated database itself tells which is so', async () => {
    const text = 'select pg_is_in_recovery() as follows';
    const { query, stood, refused } = rehearsed(
      asking('primary', text, { follows: false }),
      asking('replica', text, { follows: true }),
    );
    await refused;
    expect(await query(text)).toEqual([{ follows: false }]);
    expect(stood).toEqual([]);
  });
});
