import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from './needs.ts';

export interface Moto {
  url: string;
  /** Forgets every resource. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** A moto_server of its own on a free port. `serviceRunning` is how many tasks a new ECS service has running. */
export async function startMoto(serviceRunning = 4): Promise<Moto> {
  const program = findProgram('moto_server');
  if (program === undefined) throw new Error('moto_server is not on PATH: pip install "moto[server]"');
  const port = await freePort();
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, MOTO_ECS_SERVICE_RUNNING: String(serviceRunning) },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await answer(url, child);
  return {
    url,
    reset: async () => void (await fetch(`${url}/moto-api/reset`, { method: 'POST' })),
    stop: async () => await stop(child),
  };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function answer(url: string, child: ChildProcess): Promise<void> {
  for (let tried = 0; tried < 300; tried++) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with code ${child.exitCode} before it answered`);
    const response = await fetch(`${url}/moto-api/`).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  await stop(child);
  throw new Error(`moto_server did not answer on ${url} within 30 s`);
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
