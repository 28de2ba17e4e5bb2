import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecoveryNews } from '../../sandbox/recovery-news.ts';
import { type Child, runBuilt } from '../e2e/child.ts';

let cwd = '';
let child: Child;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'muster-play-'));
});
afterAll(async () => {
  await child.stop();
  await rm(cwd, { recursive: true, force: true });
});

/** What the sandbox prints, once it is there. */
async function printed(words: RegExp): Promise<string> {
  for (;;) {
    const line = child.out.find((one) => words.test(one));
    if (line !== undefined) return line;
    if (child.process.exitCode !== null) throw new Error(`It ended:\n${[...child.out, ...child.err].join('\n')}`);
    await wait(50);
  }
}

async function post(path: string, body: object = {}): Promise<void> {
  const url = (await printed(/http:/)).replace(/.*(http:\S+).*/, '$1');
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/sandbox/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  expect(response.status).toBe(200);
}

async function state(): Promise<{ recovery: RecoveryNews }> {
  const url = (await printed(/http:/)).replace(/.*(http:\S+).*/, '$1');
  return (await (await fetch(`${url}/sandbox/api/state`)).json()) as { recovery: RecoveryNews };
}

async function recovery(): Promise<RecoveryNews> {
  return (await state()).recovery;
}

describe('the sandbox that plays by itself', () => {
  it('says in one sentence that it has no other play', async () => {
    child = runBuilt('sandbox/main.js', ['--play', 'earthquake'], {}, cwd);
    expect(await child.ended).toBe(1);
    expect(child.err).toEqual([expect.stringMatching(/earthquake.*Allowed choices are failover/)]);
  });

  it('makes the primary Region dark and leaves an approver who sleeps alone', async () => {
    child = runBuilt('sandbox/main.js', ['--play', 'failover', '--port', '0'], {}, cwd);
    await post('people/sleep', { user: 'U0BEN', asleep: true });
    await printed(/us-east-1 goes dark/);
    await printed(/Nobody awake may approve what ana asks for/);
    const { run, consents } = await recovery();
    expect(run).toBeNull();
    expect(consents).toMatchObject([{ requestedBy: 'ana', approvals: [] }]);
  });

  it('goes on once somebody may approve, and though Muster is killed in the middle', async () => {
    await post('people/sleep', { user: 'U0BEN', asleep: false });
    await printed(/Muster recovers/);
    await post('bot/kill');
    await printed(/^Exception: Fence deferred/);
    await printed(/^Played: the run succeeded with exceptions, approved by ben\.$/);
    await printed(/^All of it stands in #inc-1-\S+, on the page at http:\/\/localhost:\d+$/);
    const { incident, run } = await recovery();
    expect(run?.run).toMatchObject({ status: 'ended', outcome: 'succeeded-with-exceptions' });
    expect(run?.plan).toMatchObject({ command: 'failover', mode: 'ungraceful' });
    expect(incident.incident.phase).toBe('resolved');
  });

  it('prints what was measured beside the objectives', async () => {
    expect(await printed(/^RTO/)).toMatch(/^RTO \d+.*objective 1h/);
    expect(await printed(/^RPO/)).toMatch(/^RPO not observed, objective 15m \(at least/);
  });

  it('says that the play is over and that the sandbox goes on, at the pace of people', async () => {
    await printed(/^The play is over\. The sandbox goes on until Ctrl-C, and time runs at 10×\.$/);
    expect(await state()).toMatchObject({ clock: { scale: 10 }, system: { playing: 'over' } });
  });
});
