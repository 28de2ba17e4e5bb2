import { execFile, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findProgram } from './programs.ts';

const run = promisify(execFile);

/** A PostgreSQL server of its own, on a port of its own, that nothing survives. */
export interface Postgres {
  /** The URL of a fresh, empty database. */
  createDatabase(): Promise<string>;
  /** Stops the server at once, as an outage would; `start` brings it back with its data. */
  interrupt(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** The folder of PostgreSQL's programs, or undefined where there are none. */
export function findPostgres(): string | undefined {
  const server = findProgram('postgres');
  return server && dirname(server);
}

/** PostgreSQL refuses to be root: then it runs as the first of these users that there is. */
async function findUser(): Promise<{ name: string; uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name]).catch(() => null)));
    if (uid && gid) return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}

export async function startPostgres(): Promise<Postgres> {
  const programs = findPostgres();
  if (!programs) throw new Error('PostgreSQL is not installed.');
  const user = await findUser();
  const folder = mkdtempSync(join(tmpdir(), 'muster-pg-'));
  if (user) chownSync(folder, user.uid, user.gid);
  const as = user ? { uid: user.uid, gid: user.gid, cwd: folder } : { cwd: folder };
  const data = join(folder, 'data');
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'muster', '-A', 'trust', '-N', '-E', 'UTF8'], as);
  const port = await findFreePort();
  const options = { fsync: 'off', full_page_writes: 'off', listen_addresses: '127.0.0.1', max_connections: '200' };
  const flags = Object.entries({ ...options, port, unix_socket_directories: folder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  let server: ReturnType<typeof spawn> | undefined;
  const url = (database: string): string => `postgresql://muster@127.0.0.1:${port}/${database}`;
  let databases = 0;

  const start = async (): Promise<void> => {
    server = spawn(join(programs, 'postgres'), ['-D', data, ...flags], { ...as, stdio: 'ignore' });
    await untilReady(url('postgres'));
  };
  const interrupt = async (): Promise<void> => {
    const stopped = server;
    if (!stopped || stopped.exitCode !== null) return;
    const gone = new Promise((resolve) => stopped.once('exit', resolve));
    stopped.kill('SIGQUIT');
    await gone;
  };
  await start();
  return {
    async createDatabase() {
      databases += 1;
      const name = `d${databases}`;
      const client = new pg.Client({ connectionString: url('postgres') });
      await client.connect();
      await client.query(`create database ${name}`);
      await client.end();
      return url(name);
    },
    interrupt,
    start,
    async stop() {
      await interrupt();
      if (statSync(folder, { throwIfNoEntry: false })) rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReady(connectionString: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const client = new pg.Client({ connectionString });
    client.on('error', () => undefined);
    const ready = await client.connect().then(
      () => true,
      () => false,
    );
    await client.end().catch(() => undefined);
    if (ready) return;
    await wait(100);
  }
  throw new Error('PostgreSQL did not start within 30 seconds.');
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return address.port;
}
