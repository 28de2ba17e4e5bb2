import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RehearsalEnd } from '../../src/rehearsal/rehearsal.ts';
import type { RehearsalOutcome } from '../../src/rehearsal/report.ts';
import { rehearsalOf, rehearsalReport } from '../support/rehearsals.ts';
import { argsOf, createHarness, type Harness } from './harness.ts';

const reported = (outcome: RehearsalOutcome): RehearsalEnd => ({
  kind: 'reported',
  sentence: `In rehearsal, failover ${outcome}.`,
  report: rehearsalReport({ outcome }),
  file: { name: 'rehearsal-failover.md', markdown: '# Rehearsal of failover\n' },
});

describe('muster rehearse', () => {
  let harness: Harness;
  beforeEach(() => {
    harness = createHarness();
  });
  const endWith = (end: RehearsalEnd) => {
    harness.script.rehearsals = [
      rehearsalOf(),
      rehearsalOf({ progress: ['fence: running'] }),
      rehearsalOf({ progress: ['fence: running', 'fence: done'], end }),
    ];
  };

  it('asks for what was typed, tells how far it is beside the report, and prints the report alone', async () => {
    endWith(reported('succeeded'));
    const line = ['rehearse', 'failover', 'tasks=8', '--dark', '--trouble', 'replica-lag', '--mode', 'ungraceful'];
    const { code, out, err } = await harness.run(line);
    expect(argsOf(harness, 'begin')).toEqual({
      ...{ command: 'failover', inputs: { tasks: '8' }, mode: 'ungraceful', dark: true, troubles: ['replica-lag'] },
    });
    expect(out).toBe('# Rehearsal of failover');
    expect(err.split('\n')).toEqual([
      'Rehearsal of failover started: nothing real is touched.',
      '  fence: running',
      '  fence: done',
      'In rehearsal, failover succeeded.',
    ]);
    expect(code).toBe(0);
  });

  it.each<[RehearsalEnd, number]>([
    [reported('succeeded-with-exceptions'), 5],
    [reported('failed'), 4],
    [reported('aborted'), 4],
    [reported('blocked'), 4],
    [{ kind: 'refused', sentence: 'It would be refused.' }, 2],
    [{ kind: 'without-outcome', sentence: 'It ended without an outcome.' }, 4],
  ])('ends with a code that a script can tell: %#', async (end, code) => {
    endWith(end);
    expect(await harness.run(['rehearse', 'failover'])).toMatchObject({
      code,
      err: expect.stringContaining(end.sentence),
    });
  });

  it('answers as JSON', async () => {
    endWith(reported('succeeded'));
    const { out } = await harness.run(['--json', 'rehearse', 'failover']);
    expect(JSON.parse(out)).toMatchObject({
      rehearsal: { end: { report: { outcome: 'succeeded', rto: { ms: 457_000 } } } },
    });
  });

  it('stops the one under way, and wants to know which command otherwise', async () => {
    expect(await harness.run(['rehearse', '--stop'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/was stopped by ana/),
    });
    expect(await harness.run(['rehearse'])).toMatchObject({ code: 2, err: expect.stringMatching(/name the command/) });
    expect(harness.asked.map(([name]) => name)).toEqual(['stop']);
  });

  it('stops none by its command: what is named may not be the one under way', async () => {
    expect(await harness.run(['rehearse', '--stop', 'failover'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--stop ends the one that is under way, and takes no command'),
    });
    expect(harness.asked).toEqual([]);
  });
});
