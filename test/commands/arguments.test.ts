import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readArguments } from '../../src/commands/arguments.ts';
import { readInputs } from '../../src/commands/inputs.ts';
import { Refusal } from '../../src/domain/errors.ts';
import { failover } from './samples.ts';

describe('words after /dr', () => {
  it.each([
    ['failover tasks=4 mode=ungraceful', 'failover', { tasks: '4', mode: 'ungraceful' }, ''],
    ['  Failover  ', 'failover', {}, ''],
    ['', '', {}, ''],
    ['skip serving reason="the check is wrong"', 'skip', { reason: 'the check is wrong' }, 'serving'],
    ["skip serving reason='it''s'", 'skip', { reason: "it''s" }, 'serving'],
    ['skip serving reason=“two words”', 'skip', { reason: 'two words' }, 'serving'],
    ['skip serving reason=‘two words’', 'skip', { reason: 'two words' }, 'serving'],
    ['run tasks=', 'run', { tasks: '' }, ''],
    ['run a=b=c', 'run', { a: 'b=c' }, ''],
    ['timeline the database didn’t come back', 'timeline', {}, "the database didn't come back"],
    ['timeline "two words" more', 'timeline', {}, 'two words more'],
    ['run =4', 'run', {}, '=4'],
  ])('%s', (typed, name, args, rest) => {
    expect(readArguments(typed)).toMatchObject({ name, args, rest });
  });

  it('keeps free text as it was typed', () => {
    expect(readArguments('timeline  don’t  touch x=1').text).toBe('don’t  touch x=1');
  });

  it('refuses a key given twice and an open quote', () => {
    expect(() => readArguments('failover tasks=4 tasks=5')).toThrow('tasks is given twice: keep one of them.');
    expect(() => readArguments('skip reason="half')).toThrow('reason has an open quote');
  });

  it('gives words or a refusal for any text, and touches no prototype', () => {
    const words = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('__proto__=1', 'constructor=2', 'tasks="', "a='b c'", '“x y”', 'tasks=4', ' '),
      ),
    );
    fc.assert(
      fc.property(words, (parts) => {
        try {
          const { name, args } = readArguments(parts.join(' '));
          expect(name).toBe(name.trim().toLowerCase());
          expect(Object.getPrototypeOf(args)).toBe(Object.prototype);
          readInputs(failover, args);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
      { numRuns: 500 },
    );
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it('gives back any value that was quoted', () => {
    const value = fc.string().filter((text) => !/["\u201C-\u201F\u00AB\u00BB\u2018-\u201B\u2039\u203A]/.test(text));
    fc.assert(
      fc.property(value, (text) => {
        expect(readArguments(`skip reason="${text}"`).args.reason).toBe(text);
      }),
    );
  });
});
