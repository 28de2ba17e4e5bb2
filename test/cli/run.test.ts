import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RunView } from '../../src/domain/views.ts';
import { consentView, ended, plan, runView, step } from './fixtures.ts';
import { argsOf, createHarness, type Harness } from './harness.ts';

const typed = (answer: string) => ({ ask: async () => answer });
const unattended = ['--confirm', 'FAILOVER', '--code', 'A1B2C3'];

describe('muster run', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = createHarness();
  });
  const requested = () => harness.asked.some(([name]) => name === 'request');

  it('plans, shows, asks for the phrase, and follows to an observed end', async () => {
    harness.script.runs = [
      runView({}, [step('replica', { status: 'running', attempt: 1 }), step('promote')]),
      runView({}, [
        step('replica', { status: 'done', attempt: 1 }),
        step('promote', { status: 'running', note: 'modifying' }),
      ]),
      ended('succeeded'),
    ];
    const { code, out } = await harness.run(['run', 'failover', 'tasks=10'], typed(' FAILOVER '));
    expect(code).toBe(0);
    expect(argsOf(harness, 'plan')).toEqual({ incidentId: 7, command: 'failover', inputs: { tasks: '10' } });
    expect(argsOf(harness, 'post')).toBe('plan_1');
    expect(argsOf(harness, 'request')).toEqual({ planId: 'plan_1', phrase: 'FAILOVER', accept: {} });
    const order = [
      'code A1B2C3',
      'is granted',
      'replica: running',
      'replica: done',
      'promote: running, modifying',
      ': succeeded',
    ];
    const places = order.map((text) => out.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it.each(['failover', 'yes', ''])('asks for nothing when %j is typed', async (answer) => {
    const { code, err } = await harness.run(['run', 'failover'], typed(answer));
    expect({ code, err }).toEqual({ code: 2, err: 'Expected FAILOVER. Nothing was asked for.' });
    expect(requested()).toBe(false);
  });

  it('wants both the phrase and the code of the plan that was read where nobody is at the keyboard', async () => {
    const { code, err } = await harness.run(['run', 'failover', '--confirm', 'FAILOVER']);
    expect(code).toBe(2);
    expect(err).toContain('add --confirm FAILOVER --code A1B2C3');
    expect(requested()).toBe(false);
  });

  it('asks for nothing when the plan is another than the one that was read', async () => {
    const { code, err } = await harness.run(['run', 'failover', '--confirm', 'FAILOVER', '--code', 'FFFFFF']);
    expect(code).toBe(2);
    expect(err).toContain('The plan is now A1B2C3, not FFFFFF');
    expect(requested()).toBe(false);
  });

  it('shows a blocked plan and asks for nothing', async () => {
    const problems = [
      { check: 'replica/lag', sentence: 'Replication lag: expected at most 15m, found 2 h.', carry: 'never' as const },
    ];
    harness.script.made = { plan, verdict: 'blocked', problems };
    const { code, out, err } = await harness.run(['run', 'failover', ...unattended]);
    expect(code).toBe(2);
    expect(out).toContain('Verdict: blocked');
    expect(err).toContain('found 2 h');
    expect(requested()).toBe(false);
  });

  it('carries an unknown only by its name and with a reason', async () => {
    const problems = [
      { check: 'replica/lag', sentence: 'Replication lag could not be read.', carry: 'with-reason' as const },
    ];
    harness.script.made = { plan, verdict: 'needs-acceptance', problems };
    expect((await harness.run(['run', 'failover', ...unattended])).code).toBe(2);
    expect((await harness.run(['run', 'failover', ...unattended, '--accept', 'replica/other=why'])).code).toBe(2);
    expect(requested()).toBe(false);
    harness.script.runs = [ended('succeeded-with-exceptions', { exceptions: ['replica/lag was not read'] })];
    const { code, out } = await harness.run([
      'run',
      'failover',
      ...unattended,
      '--accept',
      'replica/lag=primary = gone',
    ]);
    expect(argsOf(harness, 'request')).toMatchObject({ accept: { 'replica/lag': 'primary = gone' } });
    expect(code).toBe(5);
    expect(out).toContain('exception: Replica/lag was not read');
  });

  it('waits for the other person, and says what becomes of the request', async () => {
    harness.script.requested = consentView();
    harness.script.consents = [consentView(), consentView({ state: 'expired' })];
    const { code, out } = await harness.run(['run', 'failover', ...unattended]);
    expect(code).toBe(4);
    expect(out.match(/waits for 1 other person until 14:35:00 UTC/g)).toHaveLength(1);
    expect(out).toContain('expired with 0 of 1 approvals. Nothing was done.');
  });

  it('leaves at once with --no-wait, saying that it waits', async () => {
    harness.script.requested = consentView();
    const { code, out } = await harness.run(['run', 'failover', ...unattended, '--no-wait']);
    expect(code).toBe(3);
    expect(out).toContain('waits for 1 other person');
  });

  const ends: [string, RunView, number][] = [
    ['succeeded', ended('succeeded'), 0],
    ['succeeded-with-exceptions', ended('succeeded-with-exceptions'), 5],
    ['failed', ended('failed'), 4],
    ['aborted', ended('aborted'), 4],
    ['undone', ended('undone'), 4],
    ['undone, asked for as an undo', ended('undone', { purpose: 'undo' }), 0],
    ['paused', runView({ status: 'paused', note: 'promote failed' }), 3],
  ];
  it.each(ends)('%s', async (_name, view, expected) => {
    harness.script.runs = [view];
    expect((await harness.run(['run', 'failover', ...unattended])).code).toBe(expected);
  });

  it('does not call a run that was never seen to start a success', async () => {
    harness.script.runs = [runView({ planId: 'plan_0', status: 'ended', outcome: 'succeeded' })];
    const { code, err } = await harness.run(['run', 'failover', ...unattended]);
    expect(code).toBe(3);
    expect(err).toContain('was not seen to start');
  });

  it('answers one JSON document with --json', async () => {
    harness.script.runs = [ended('failed')];
    const { code, out } = await harness.run(['run', 'failover', ...unattended, '--json']);
    expect(code).toBe(4);
    expect(JSON.parse(out)).toMatchObject({ plan: { code: 'A1B2C3' }, run: { run: { outcome: 'failed' } }, exit: 4 });
  });

  it('undoes by the same way of consent', async () => {
    harness.script.runs = [ended('undone', { purpose: 'undo' })];
    const { code } = await harness.run(['undo', '--run', 'run_1', ...unattended]);
    expect(argsOf(harness, 'planUndo')).toEqual({ runId: 'run_1' });
    expect(code).toBe(0);
  });

  it('refuses an input that is no name=value', async () => {
    const { code, err } = await harness.run(['run', 'failover', 'banana']);
    expect({ code, err }).toEqual({ code: 2, err: 'banana: expected an input such as tasks=4.' });
  });
});
