import { describe, expect, it } from '@jest/globals';
import { describeCommand, describeInputs } from '../../src/commands/describe.ts';
import { readInputs, readMode } from '../../src/commands/inputs.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { failover, readCommand } from './samples.ts';

const tried = readCommand(
  `name: tried
title: Tried
inputs:
  size: { type: integer, min: 1 }
  where: { type: string, default: active, options: [active, standby] }
  code: { type: string, default: a1, pattern: "[a-z]\\\\d" }
  wait: { type: duration, default: 5m, min: 1m, max: 1h }
  hard: { type: boolean, default: false }
steps:
  - { id: look, uses: manual.checkpoint, with: { instructions: Look } }
`,
  'tried.yml',
);

function refusal(work: () => unknown): { message: string; field: string | undefined } {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return { message: error.message, field: error.field };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('what people type for a command', () => {
  it('takes values and fills defaults', () => {
    expect(readInputs(failover, {})).toEqual({ tasks: 10 });
    expect(readInputs(failover, { tasks: ' 4 ' })).toEqual({ tasks: 4 });
    expect(readInputs(tried, { size: '2', hard: 'Yes', wait: '30m', where: 'standby', code: 'b2' })).toEqual({
      size: 2,
      hard: true,
      wait: '30m',
      where: 'standby',
      code: 'b2',
    });
  });

  it.each([
    [{ tasks: 'banana' }, 'tasks is an integer from 1 to 100: found banana.', 'tasks'],
    [{ tasks: '0' }, 'tasks is an integer from 1 to 100: found 0.', 'tasks'],
    [{ tasks: '4.5' }, 'tasks is an integer from 1 to 100: found 4.5.', 'tasks'],
    [{ tasks: '1e2' }, 'tasks is an integer from 1 to 100: found 1e2.', 'tasks'],
    [{ tasks: '' }, 'tasks is an integer from 1 to 100: found nothing.', 'tasks'],
    [{ tsks: '4' }, 'failover has no input tsks: did you mean tasks?', 'tsks'],
    [Object.fromEntries([['__proto__', '4']]), 'failover has no input __proto__: known: tasks.', '__proto__'],
    [{ constructor: '4' }, 'failover has no input constructor: known: tasks.', 'constructor'],
  ])('refuses %j, naming it', (raw: Record<string, string>, message, field) => {
    expect(refusal(() => readInputs(failover, raw))).toEqual({ message, field });
  });

  it.each([
    [{}, 'tried wants size, which is an integer of at least 1: add size=….'],
    [{ size: '1', where: 'elsewhere' }, 'where is one of active, standby: found elsewhere.'],
    [{ size: '1', code: 'aa1' }, 'code is a text like [a-z]\\d: found aa1.'],
    [{ size: '1', wait: '2h' }, 'wait is a duration such as 15m from 1m to 1h: found 2h.'],
    [{ size: '1', wait: 'soon' }, 'wait is a duration such as 15m from 1m to 1h: found soon.'],
    [{ size: '1', hard: 'maybe' }, 'hard is true or false: found maybe.'],
  ])('refuses %j in one sentence', (raw: Record<string, string>, message) => {
    expect(refusal(() => readInputs(tried, raw)).message).toBe(message);
  });

  it('takes an instant with its offset, and no other time', () => {
    const restore = readCommand(
      `name: restore
title: Restore
inputs:
  to: { type: instant, description: Last moment at which the data was right }
steps:
  - { id: look, uses: manual.checkpoint, with: { instructions: Look } }
`,
      'restore.yml',
    );
    expect(readInputs(restore, { to: '2026-03-01T15:05+01:00' })).toEqual({ to: '2026-03-01T15:05+01:00' });
    for (const to of ['yesterday', '2026-03-01', '2026-03-01T14:05'])
      expect(refusal(() => readInputs(restore, { to })).message).toBe(
        `to is a time with its offset, such as 2026-03-01T14:05Z or 2026-03-01T15:05+01:00: found ${to}.`,
      );
  });

  it('takes a mode that the command has, else its first', () => {
    expect(readMode(failover, undefined)).toBe('graceful');
    expect(readMode(failover, 'Ungraceful')).toBe('ungraceful');
    expect(refusal(() => readMode(failover, 'ungracefull'))).toEqual({
      message: 'failover has no mode ungracefull: did you mean ungraceful?',
      field: 'mode',
    });
    expect(refusal(() => readMode(tried, 'ungraceful')).field).toBe('mode');
  });

  it('is told in one line for help', () => {
    expect(describeCommand(failover)).toBe('failover [tasks=10] [mode=graceful]: Fail over to the standby Region');
    expect(describeInputs(failover)).toEqual([
      'tasks: an integer from 1 to 100, 10 if not given. ECS tasks in the standby Region',
    ]);
  });
});
