import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch } from '../clock/stopwatch.ts';
import { readFailure, StoreHeld, StoreUnreachable } from './failures.ts';

/** Keeps a folder to this process until released or until the process dies, however it dies. */
export interface Hold {
  release(): Promise<void>;
}

/** Throws StoreHeld where another process has it, StoreUnreachable where it cannot be made. */
export async function holdFolder(folder: string): Promise<Hold> {
  makeFolder(folder);
  const server = await listen(folder);
  if (!server) throw new StoreHeld(folder, await readHolder(folder), join(folder, 'control.sock'));
  writeFileSync(holderFile(folder), `${process.pid}\n`, { mode: 0o600 });
  return {
    release: async () => {
      rmSync(holderFile(folder), { force: true });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = readFailure(error);
    throw new StoreUnreachable(
      `Cannot make the folder ${folder} (${code}): set MUSTER_DATA to one that this user may write.`,
      { cause: error },
    );
  }
}

/** A socket's name is held by the kernel for one process, and is free again when that one is gone. */
async function listen(folder: string): Promise<Server | null> {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  if (process.platform === 'linux') return bind(`\0muster-${name}`);
  const path = join(tmpdir(), `muster-${name.slice(0, 16)}.sock`);
  return (await bind(path)) ?? (await takeOver(path));
}

function bind(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server.unref()));
  });
}

/** Elsewhere than on Linux the name is a file, which outlives a killed process: nobody answers there any more. */
async function takeOver(path: string): Promise<Server | null> {
  if (await answers(path)) return null;
  const turn = `${path}.turn`;
  try {
    writeFileSync(turn, `${process.pid}\n`, { flag: 'wx' });
  } catch {
    throw new Error(`Another process is just taking over a store. If none is, remove ${turn} and start again.`);
  }
  try {
    if (await answers(path)) return null;
    rmSync(path, { force: true });
    return await bind(path);
  } finally {
    rmSync(turn, { force: true });
  }
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
  });
}

function holderFile(folder: string): string {
  return join(folder, 'holder.pid');
}

/** The holder writes its file right after taking the folder: until then there is none, or a dead one's. */
async function readHolder(folder: string): Promise<number | undefined> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const pid = readPid(folder);
    if (pid !== undefined && isAlive(pid)) return pid;
    await stopwatch.sleep(50);
  }
  return undefined;
}

function readPid(folder: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(holderFile(folder), 'utf8'), 10);
    return Number.isInteger(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return readFailure(error).code === 'EPERM';
  }
}
