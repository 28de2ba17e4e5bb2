import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readSettings } from '../../src/config/settings.ts';
import type { ActionInfo } from '../../src/domain/action.ts';
import { Command } from '../../src/domain/command.ts';
import { FaultyFiles } from '../../src/domain/errors.ts';
import type { Home } from '../../src/domain/home.ts';
import { argsOf, createHarness, type Harness } from './harness.ts';

describe('the terminal’s other words', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = createHarness();
  });

  it.each([
    [['pause', '--reason', 'wait'], 'pause', { runId: 'run_1', reason: 'wait' }],
    [['resume'], 'resume', { runId: 'run_1' }],
    [['abort', '--run', 'run_2'], 'abort', { runId: 'run_2' }],
    [['retry', 'scale'], 'retry', { runId: 'run_1', step: 'scale' }],
    [['skip', 'scale', '--reason', 'by hand'], 'skip', { runId: 'run_1', step: 'scale', reason: 'by hand' }],
    [
      ['answer', 'call', '--done', '--note', 'seen'],
      'answer',
      { runId: 'run_1', step: 'call', done: true, note: 'seen' },
    ],
    [['answer', 'call', '--not-done'], 'answer', { runId: 'run_1', step: 'call', done: false, note: '' }],
    [
      ['answer', 'looked', 'login=done', 'mails=declined', '--note', 'no server'],
      'answerItems',
      {
        runId: 'run_1',
        step: 'looked',
        answers: [
          { item: 'login', answer: 'done' },
          { item: 'mails', answer: 'declined' },
        ],
        reason: 'no server',
      },
    ],
    [['approve', 'A1B2C3', '--incident', '7'], 'approve', { code: 'A1B2C3', incidentId: 7 }],
    [
      ['break-glass', 'A1B2C3', '--reason', 'asleep'],
      'breakGlass',
      { code: 'A1B2C3', incidentId: 7, reason: 'asleep' },
    ],
    [
      ['assign', '--role', 'approvers', '--person', 'ben'],
      'assign',
      { incidentId: 7, role: 'approvers', person: 'ben' },
    ],
    [['publish', '--body', 'We are looking.'], 'publish', { incidentId: 7, body: 'We are looking.' }],
    [['resolve'], 'resolve', { incidentId: 7 }],
    [['close', '--incident', 'INC-7'], 'close', { incidentId: 7 }],
    [['report', 'INC-4'], 'report', 4],
    [['report', '--incident', 'INC-4'], 'report', 4],
    [['status', 'INC-4'], 'view', 4],
  ])('%j', async (line, name, ask) => {
    const { code, err } = await harness.run(line);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(argsOf(harness, name)).toEqual(ask);
  });

  it.each([
    [['skip', 'scale'], '--reason'],
    [['break-glass', 'A1B2C3'], '--reason'],
    [['answer', 'call'], '--done or --not-done'],
    [['answer', 'call', '--done', '--not-done'], 'cannot be used with'],
    [['answer', 'looked', 'login=maybe'], 'done'],
    [['declare', 'Down'], '--severity'],
    [['assign', '--role', 'king', '--person', 'ben'], 'Allowed choices'],
    [['statsu'], 'Did you mean status?'],
    [['plan', 'failover', '--mode', 'fast'], 'Allowed choices'],
  ])('%j is refused and does nothing', async (line, text) => {
    const { code, err } = await harness.run(line);
    expect(code).toBe(2);
    expect(err).toContain(text);
    expect(harness.asked).toEqual([]);
  });

  it('shows what there is, as text and as JSON', async () => {
    expect((await harness.run(['status'])).out).toContain('INC-7 Checkout is down  P1  investigating  api');
    expect(JSON.parse((await harness.run(['status', '--json'])).out)).toMatchObject({
      incident: { incident: { id: 7 } },
    });
    expect((await harness.run(['list'])).out).toMatch(/^INC-7 {2}P1/);
    const resolved = (await harness.run(['resolve'])).out;
    expect(resolved).toContain('RTO  10m of 1h, met');
    expect(resolved).toContain('RPO  not observed of 15m  not read');
    expect(resolved).toContain('Nothing was published on the status page');
    expect((await harness.run(['close'])).out).toMatch(
      /is closed\..*\nCustomers were still owed words and are told nothing more of it\.\nThe public has been told nothing of it\.$/m,
    );
  });

  it.each([
    ['ready', 0],
    ['needs-acceptance', 3],
    ['blocked', 4],
  ] as const)('ends a plan that is %s with %i', async (verdict, expected) => {
    harness.script.made = { ...harness.script.made, verdict };
    const { code, out } = await harness.run([
      'plan',
      'failover',
      'tasks=4',
      '--mode',
      'graceful',
      '--incident',
      '7',
      '--json',
    ]);
    expect(code).toBe(expected);
    expect(JSON.parse(out)).toMatchObject({ verdict, plan: { code: 'A1B2C3' } });
    expect(argsOf(harness, 'plan')).toEqual({
      incidentId: 7,
      command: 'failover',
      inputs: { tasks: '4' },
      mode: 'graceful',
    });
    expect(harness.asked.map(([name]) => name)).toEqual(['plan']);
  });

  it('answers a refusal in JSON when asked to', async () => {
    harness.script.open = [];
    const { code, out } = await harness.run(['status', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({ refusal: expect.stringContaining('No incident is open'), field: null });
  });

  it('names every fault of the home with its place', async () => {
    const faults = [{ file: 'muster.yml', line: 3, column: 7, message: 'unknown key servces: did you mean services?' }];
    const loadHome = async () => {
      throw new FaultyFiles(faults);
    };
    const { code, out } = await harness.run(['check'], { loadHome });
    expect({ code, out }).toEqual({ code: 1, out: 'muster.yml:3:7 unknown key servces: did you mean services?' });
  });

  describe('with warnings alone', () => {
    const warning = { file: 'commands/restore.yml', line: 7, column: 9, rule: 'latest-name', message: 'is old' };
    const outside = {
      loadHome: async () => ({ home: {} as Home, commands: [], leftOut: [] }),
      findWarnings: async () => [warning],
    };

    it('names each with its rule, and ends well, for Muster would start', async () => {
      const { code, out } = await harness.run(['check'], outside);
      expect(code).toBe(0);
      expect(out.split('\n')).toEqual([
        'commands/restore.yml:7:9 latest-name: is old (warning)',
        'No fault found, and 1 warning: Muster starts all the same.',
      ]);
    });

    it('ends with an error where check is to be strict', async () => {
      expect((await harness.run(['check', '--strict'], outside)).code).toBe(1);
      expect((await harness.run(['check', '--strict'], { loadHome: outside.loadHome })).code).toBe(0);
    });

    it('tells them apart from faults in JSON', async () => {
      const { out } = await harness.run(['check', '--json'], outside);
      expect(JSON.parse(out)).toMatchObject({ faults: [], warnings: [warning] });
    });
  });

  it('says what the set-up lacks, and no secret', async () => {
    const settings = () => readSettings({ SLACK_BOT_TOKEN: 'xoxb-hidden', SLACK_APP_TOKEN: 'xapp-hidden' });
    const loadHome = async () => ({ home: {} as Home, commands: [], leftOut: [] });
    const { code, out } = await harness.run(['doctor'], { settings, loadHome });
    expect(code).toBe(0);
    expect(out).toContain('no promise that the last moments survive a power loss');
    expect(out).toContain('Slack is set up for Socket Mode');
    expect(out).not.toContain('hidden');
    expect((await harness.run(['doctor'], { loadHome })).code).toBe(1);
  });

  it('says that serve would not start for want of the secret of a pager', async () => {
    const env = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
    const doctor = (home: Partial<Home>, secret: Record<string, string> = {}) =>
      harness.run(['doctor'], {
        settings: () => readSettings({ ...env, ...secret }),
        loadHome: async () => ({ home: home as Home, commands: [], leftOut: [] }),
      });
    const paged = { pager: { url: 'https://pager.example.com' } };
    const lacks = 'lacks  MUSTER_PAGER_SECRET is missing, and muster.yml names a pager';
    expect(await doctor(paged)).toMatchObject({ code: 1, out: expect.stringContaining(lacks) });
    const signed = await doctor(paged, { MUSTER_PAGER_SECRET: 'hidden-from-everybody' });
    expect(signed).toMatchObject({ code: 0, out: expect.stringContaining('signed pages') });
    expect(signed.out).not.toContain('hidden');
    expect((await doctor({})).out).not.toContain('pager');
  });

  it('lists the least permissions of the commands in use', async () => {
    const command = Command.parse({
      name: 'x',
      title: 'X',
      steps: [
        { id: 'a', uses: 'rds.check-replica' },
        { id: 'b', uses: 'rds.check-replica' },
      ],
    });
    const info = {
      iam: { read: ['rds:DescribeDBInstances'], effect: [] },
      input: z.object({}),
    } as unknown as ActionInfo;
    const { out } = await harness.run(['iam-policy'], {
      loadHome: async () => ({ home: {} as Home, commands: [command], leftOut: [] }),
      catalogue: { get: (name) => (name === 'rds.check-replica' ? info : undefined), list: () => [info] },
    });
    const read = { Sid: 'MusterReads', Effect: 'Allow', Action: ['rds:DescribeDBInstances'], Resource: '*' };
    expect(JSON.parse(out)).toMatchObject({ plan_role: { Statement: [read] }, run_role: { Statement: [read] } });
  });

  it('exports the audit log as lines, never over a file that is there', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'muster-'));
    const file = join(dir, 'audit.jsonl');
    expect((await harness.run(['audit', 'export'])).out).toBe('{"seq":1}\n{"seq":2}');
    expect((await harness.run(['audit', 'export', '--incident', '7', '--out', file])).code).toBe(0);
    expect(harness.asked.filter(([name]) => name === 'exportAudit')).toEqual([
      ['exportAudit', {}],
      ['exportAudit', { incidentId: 7 }],
    ]);
    expect(await readFile(file, 'utf8')).toBe('{"seq":1}\n{"seq":2}\n');
    expect(await harness.run(['audit', 'export', '--out', file])).toMatchObject({
      code: 2,
      err: expect.stringContaining('it is there already'),
    });
    await rm(dir, { recursive: true });
  });

  it('says whether the chain is whole, by its exit code too', async () => {
    expect(await harness.run(['audit', 'verify'])).toMatchObject({ code: 0, out: '2 rows, unbroken. Head: ff' });
    harness.script.audit = { ok: false, seq: 2, why: 'row 2 has been changed' };
    expect(await harness.run(['audit', 'verify'])).toMatchObject({ code: 1, out: 'Broken: row 2 has been changed.' });
  });

  it('keeps a title from steering the terminal', async () => {
    harness.script.open = [
      { ...harness.script.open[0], title: '\u001b[2J<!channel>' } as (typeof harness.script.open)[0],
    ];
    expect((await harness.run(['list'])).out).not.toContain('\u001b');
  });
});
