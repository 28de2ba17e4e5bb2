import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, root, runBuilt } from './child.ts';

/** `npm run serve`'s own entry, running. */
export interface Real extends Child {
  port: number;
  get(path: string): Promise<{ status: number; body: string }>;
}

/** Starts the real entry and does not wait for anything. */
export function launchReal(env: Record<string, string>, folder: string): Child {
  const defaults = {
    MUSTER_HOME: join(root, 'examples/acme'),
    MUSTER_DATA: join(folder, 'data'),
    MUSTER_PAGER_SECRET: 'a-secret-of-tests-alone',
    PORT: '0',
  };
  return runBuilt('src/main.js', [], { ...defaults, ...env }, folder);
}

/** Starts the real entry and waits until it says that it serves; rejects with its last words when it ends instead. */
export async function startReal(env: Record<string, string>, folder: string): Promise<Real> {
  const child = launchReal(env, folder);
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  for (let tried = 0; tried < 600; tried += 1) {
    const line = child.out.find((one) => one.includes('"Muster is serving"'));
    if (line !== undefined) return real(child, (JSON.parse(line) as { port: number }).port);
    if (over) throw new Error(`the program ended with ${await child.ended}: ${saidBy(child)}`);
    await wait(50);
  }
  await child.stop('SIGKILL');
  throw new Error(`the program did not serve within 30 s: ${saidBy(child)}`);
}

/** Its log, and what it says outside of it. */
function saidBy({ out, err }: Child): string {
  return [...out, ...err].slice(-30).join('\n');
}

function real(child: Child, port: number): Real {
  return {
    ...child,
    port,
    get: async (path) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return { status: response.status, body: await response.text() };
    },
  };
}

/** A folder of its own for whatever a program writes. */
export async function ownFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'muster-e2e-'));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
