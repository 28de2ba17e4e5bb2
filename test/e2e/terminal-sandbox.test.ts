import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '../support/simulated-muster.ts';
import { type Child, runBuilt } from './child.ts';
import { ownFolder } from './real.ts';
import { shellWith } from './terminal-hands.ts';

describe('the terminal beside npm start', () => {
  let folder: Awaited<ReturnType<typeof ownFolder>>;
  let sandbox: Child;
  beforeAll(async () => {
    folder = await ownFolder();
  });
  afterAll(async () => {
    await sandbox.stop('SIGKILL');
    await folder.remove();
  });
  const type = (...line: string[]) => shellWith({}, folder.path).type('--sandbox', ...line);

  it('says that there is none before it is started', async () => {
    expect(await type('--as', 'ana', 'list')).toEqual({ code: 2, out: '', err: expect.stringMatching(/npm start/) });
  });

  it('speaks as whom it is told to, to a Muster that knows only signatures', async () => {
    sandbox = runBuilt('sandbox/main.js', ['--port', '0', '--scale', '300'], {}, folder.path);
    await until(async () => sandbox.out.some((line) => line.startsWith('Muster sandbox: ')), 'the sandbox', 50);
    const declared = await type('--as', 'ana', 'declare', 'Checkout fails', '--severity', 'P1', '--service', 'api');
    expect(declared).toMatchObject({ code: 0, out: expect.stringContaining('INC-1') });
    expect(await type('--as', 'dov', 'status')).toMatchObject({ code: 0, out: expect.stringContaining('[simulated') });
    expect(await type('--as', 'dov', 'resolve')).toMatchObject({ code: 2, err: expect.stringMatching(/^Only a/) });
    expect(await type('--as', 'anna', 'status')).toMatchObject({ code: 2, err: expect.stringMatching(/mean ana\?/) });
    expect(await type('status')).toMatchObject({ code: 2, err: expect.stringMatching(/--as .*ana, ben, cat, dov/) });
  });

  it('rehearses in a process that has nothing of ours, and prints the report alone', async () => {
    const { code, out, err } = await type('--as', 'dov', '--json', 'rehearse', 'failover', 'tasks=8', '--dark');
    expect(code).toBe(5);
    expect(err).toMatch(/^Rehearsal of failover started: nothing real is touched/);
    expect(JSON.parse(out)).toMatchObject({
      rehearsal: { end: { report: { outcome: 'succeeded-with-exceptions', environment: ['HOME'] } } },
    });
  });

  it('opens no store of its own when the sandbox has ended', async () => {
    expect(await sandbox.stop()).toBe(0);
    expect(await type('--as', 'ana', 'list')).toMatchObject({ code: 2, err: expect.stringMatching(/does not answer/) });
  });
});
