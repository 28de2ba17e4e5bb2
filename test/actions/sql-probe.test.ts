import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createSqlProbe } from '../../src/actions/probes/sql.ts';
import { describeWith } from '../support/needs.ts';
import { type Postgres, startPostgres } from '../support/postgres.ts';

describeWith('postgres', 'the SQL probe on PostgreSQL', () => {
  let postgres: Postgres;
  let address: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    address = await postgres.createDatabase();
  });
  afterAll(() => postgres.stop());

  const query = (text: string, values: unknown[] = [], timeoutMs = 5_000) =>
    createSqlProbe(async () => address).query('env:DB', text, values, { timeoutMs });

  it('binds values, and gives rows as JSON', async () => {
    const text =
      "select $1::text as name, 5000000000::bigint as wide, null as none, timestamptz '2026-03-01 12:00Z' as at, pg_is_in_recovery() as replica";
    expect(await query(text, ["'; drop table orders; --"])).toEqual([
      {
        name: "'; drop table orders; --",
        wide: '5000000000',
        none: null,
        at: '2026-03-01T12:00:00.000Z',
        replica: false,
      },
    ]);
  });

  it('changes nothing, even where a reading query would', async () => {
    await expect(query('create table t (n int)')).rejects.toThrow('may only read (25006)');
    await expect(query("with made as (select nextval('s')) select 1")).rejects.toThrow('the query is wrong');
    await expect(query('select pg_sleep(30)', [], 300)).rejects.toThrow(/did not answer in time|took too long/);
  });

  it('names a database that is not there by its code', async () => {
    address = address.replace(/[^/]+$/, 'nowhere');
    await expect(query('select 1')).rejects.toThrow('there is no such database (3D000)');
  });
});
