import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from '../../sandbox/wire/serve.ts';
import { createWorld, serveWorld } from '../../src/sim/index.ts';
import { readRecovered } from '../../test/laws/support/false-success/recovered.ts';
import { exampleCloud } from '../../test/support/example-cloud.ts';
import { createManualClock } from '../../test/support/manual-clock.ts';
import type { Trouble } from './faults.ts';

/** What one way to fail over said, and whether it was so. */
export interface Told {
  said: string;
  success: boolean;
  /** When it was said. */
  soThen: boolean;
  /** Half an hour later. */
  soLater: boolean;
}

/** The script's steps do not fence, so that is not held against it. */
const wanted = ['promoted', 'tasks run', 'targets are healthy', 'people are led there', 'people are answered'] as const;
const laterMs = 30 * 60_000;
const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export interface Path {
  folder: string;
  remove(): Promise<void>;
}

/** A folder with stand-ins for the programs that the script calls. */
export async function makePath(): Promise<Path> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-path-'));
  for (const program of ['aws', 'kubectl', 'curl']) {
    const at = join(folder, program);
    await writeFile(at, `#!/bin/sh\nexec '${process.execPath}' '${file('./stand-in.mjs')}' ${program} "$@"\n`);
    await chmod(at, 0o755);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs the script in a world of its own, in which nothing goes on while it runs: it waits for nothing. */
export async function runScript(path: Path, trouble: Trouble): Promise<Told> {
  const clock = createManualClock();
  const world = createWorld({ clock, estate: exampleCloud('acme') });
  for (const fault of trouble.script) world.setFault(fault);
  await clock.advance((trouble.beforeImpactMs ?? 0) + (trouble.sinceMs ?? 0));
  const served = await serve(serveWorld(world));
  const { code, out } = await execute(path, served.url);
  await served.stop();
  const isSo = async (): Promise<boolean> => {
    const holds = await readRecovered(world);
    return wanted.every((name) => holds.includes(name));
  };
  const success = code === 0 && out.includes('FAILOVER SUCCEEDED');
  const soThen = await isSo();
  await clock.advance(laterMs);
  // What is asked of the world here is no longer the script's.
  for (const { id, fault } of world.listFaults()) if (fault.kind === 'call') world.clearFault(id);
  return { said: success ? 'SUCCEEDED' : `exit ${code}`, success, soThen, soLater: await isSo() };
}

function execute({ folder }: Path, worldUrl: string): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', [file('./manual-failover.sh')], {
      env: {
        PATH: `${folder}:${process.env.PATH ?? ''}`,
        WORLD_URL: worldUrl,
        ZONE_ID: 'Z0ACME',
        HEALTH_CHECK_ID: '5a1e0000-0000-4000-8000-00000000acme',
        SERVICES: 'api',
        PRE_CHECKS: 'true',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out }));
    child.stdin.end('FAILOVER\n');
  });
}
