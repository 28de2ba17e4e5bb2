import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { z } from 'zod';
import { parseYaml } from '../../src/commands/yaml/parse-yaml.ts';
import { FaultyFiles } from '../../src/domain/errors.ts';
import { faultsOf, readCommand } from './samples.ts';

const anything = z.json();
const read = (text: string) => parseYaml(text, 'x.yml', anything);

describe('YAML that people write', () => {
  it.each([
    ['nothing', '', '1:1 is empty'],
    ['a second document', 'a: 1\n---\nb: 2\n', '2:1 holds a second document'],
    ['tabs', 'a:\n\tb: 1\n', '2:1 is not YAML here: Tabs'],
    ['a tag', 'a: !!binary aGk=\n', '1:13 tags (!…) are not used here'],
    ['a key that is a list', '? [1, 2]\n: 3\n', '1:3 expected a word as key'],
    ['an endless number', 'a: .inf\n', 'holds a number that is not finite'],
    ['an alias of what holds it', 'a: &x { b: *x }\n', 'holds an alias'],
    ['an alias of nothing', 'a: *nothing\n', 'cannot be read: Unresolved alias'],
    ['deep nesting', '['.repeat(100_000), 'is nested too deeply'],
    ['nesting that still parses', `${'['.repeat(80)}${']'.repeat(80)}`, 'is nested too deeply'],
    ['a prototype', 'a:\n  __proto__: 1\n', '2:3 __proto__ cannot be a key'],
    ['a constructor', 'constructor: 1\n', '1:1 constructor cannot be a key'],
    ['a huge file', `a: ${'x'.repeat(300_000)}`, 'is larger than 256 KiB'],
  ])('is refused where it holds %s', (_, text, fault) => {
    expect(faultsOf(() => read(text)).join('\n')).toContain(fault);
  });

  it('is refused where aliases multiply', () => {
    const level = (name: string, of: string) => `${name}: &${name} [${Array(9).fill(`*${of}`).join(', ')}]\n`;
    const bomb = `a: &a [x, x, x]\n${level('b', 'a')}${level('c', 'b')}${level('d', 'c')}`;
    expect(faultsOf(() => read(bomb)).join()).toContain('Excessive alias count');
  });

  it('may name a value once and use it again', () => {
    expect(read('a: &a [1]\nb: *a\n').value).toEqual({ a: [1], b: [1] });
  });

  it('gives a value or faults with a place, for any text', () => {
    const fragment = fc.constantFrom(
      'a: 1\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&x ',
      '*x',
      '!!t ',
      '"',
      "'",
      '\n',
      '  ',
      '? ',
      ': ',
      '<<: ',
      '__proto__: ',
      '${{ ',
      ' }}',
      '%YAML 1.1\n',
      '---\n',
      '|\n',
      '\u0000',
      '\uFEFF',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fragment).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        for (const work of [() => read(typed), () => readCommand(typed)]) {
          try {
            work();
          } catch (error) {
            expect(error).toBeInstanceOf(FaultyFiles);
            const faults = error instanceof FaultyFiles ? error.faults : [];
            expect(faults.length).toBeGreaterThan(0);
            expect(faults.every((fault) => fault.line >= 1 && fault.column >= 1)).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives back any JSON that was written as YAML', () => {
    const value = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(value, (written) => {
        const plain = JSON.parse(JSON.stringify(written)) as unknown;
        const harmless = !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(plain));
        if (harmless) expect(read(stringify(plain)).value).toEqual(plain);
      }),
    );
  });
});
