import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch } from '../clock/stopwatch.ts';
import { readFailure, StoreHeld, StoreUnreachable } from './failures.ts';

/** How long a holder that is opening its store may take to say who it is. */
const patienceMs = 1000;

/** Keeps a folder to this process until released or until the process dies, however it dies. */
export interface Hold {
  release(): Promise<void>;
}

/** Throws StoreHeld where another process has it, StoreUnreachable where it cannot be made. */
export async function holdFolder(folder: string): Promise<Hold> {
  makeFolder(folder);
  const name = nameOf(folder);
  const server = await listen(name);
  if (!server) throw new StoreHeld(folder, await readHolder(folder, name), join(folder, 'control.sock'));
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
function nameOf(folder: string): string {
  const name = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32);
  return process.platform === 'linux' ? `\0muster-${name}` : join(tmpdir(), `muster-${name.slice(0, 16)}.sock`);
}

async function listen(name: string): Promise<Server | null> {
  const server = await bind(name);
  return server ?? (process.platform === 'linux' ? null : takeOver(name));
}

function bind(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer(sayWho);
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(path, () => resolve(server.unref()));
  });
}

/** Whoever asks at the socket is told who holds the folder, also when the folder itself was removed since. */
function sayWho(socket: Socket): void {
  socket.once('error', () => socket.destroy());
  socket.end(`${process.pid}\n`, () => socket.destroy());
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

/** The holder itself says who it is; of one that is too busy to answer its file does. */
async function readHolder(folder: string, name: string): Promise<number | undefined> {
  const pid = (await Promise.race([askHolder(name), stopwatch.sleep(patienceMs)])) ?? readPid(folder);
  return pid !== undefined && isAlive(pid) ? pid : undefined;
}

function askHolder(name: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    let said = '';
    const socket = createConnection(name).unref().setEncoding('utf8');
    socket.on('data', (text: string) => {
      said += text;
    });
    socket.once('error', () => resolve(undefined)).once('close', () => resolve(asPid(said)));
  });
}

function readPid(folder: string): number | undefined {
  try {
    return asPid(readFileSync(holderFile(folder), 'utf8'));
  } catch {
    return undefined;
  }
}

function asPid(text: string): number | undefined {
  const pid = Number.parseInt(text, 10);
  return Number.isInteger(pid) ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return readFailure(error).code === 'EPERM';
  }
}
