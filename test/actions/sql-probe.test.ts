import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
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

  it('tells a password that is let in from one that is refused, and quotes neither', async () => {
    const superuser = new pg.Client({ connectionString: address });
    await superuser.connect();
    const { rows } = await superuser.query<{ hba_file: string }>('show hba_file');
    const rules = 'host all muster all trust\\nhost all app all scram-sha-256';
    await superuser.query(`copy (select string_to_table(E'${rules}', E'\\n')) to '${rows[0]?.hba_file}'`);
    await superuser.query("create role app login password 'right@%2F:1'");
    await superuser.query('select pg_reload_conf()');
    await superuser.end();
    const ask = (password: string) =>
      createSqlProbe(async () => address).query('env:DB', 'select current_user as name', [], {
        timeoutMs: 5_000,
        login: { user: 'app', password },
      });
    expect(await ask('right@%2F:1')).toEqual([{ name: 'app' }]);
    await expect(ask('hunter2')).rejects.toMatchObject({
      name: 'CredentialsRefused',
      message: 'it refused the credentials (28P01)',
    });
  });

  it('asks another host with the database and the login of the connection', async () => {
    const elsewhere = address.replace('127.0.0.1', 'primary.invalid');
    const probe = createSqlProbe(async () => elsewhere);
    const ask = (host?: string) =>
      probe.query('env:DB', 'select current_user as name', [], { timeoutMs: 5_000, ...(host ? { host } : {}) });
    expect(elsewhere).not.toBe(address);
    await expect(ask()).rejects.toThrow();
    expect(await ask('127.0.0.1')).toHaveLength(1);
  });

  it('names a database that is not there by its code', async () => {
    address = address.replace(/[^/]+$/, 'nowhere');
    await expect(query('select 1')).rejects.toThrow('there is no such database (3D000)');
  });
});
