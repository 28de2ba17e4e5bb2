import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { leavesOf, mapLeaves } from '../../src/commands/cel/expression.ts';
import { evaluateWith } from '../../src/commands/evaluate.ts';
import { findWarnings } from '../../src/commands/parse-command.ts';
import { FaultyFiles, Refusal } from '../../src/domain/errors.ts';
import type { Json } from '../../src/domain/json.ts';
import { catalogue } from './catalogue.ts';
import { failoverText, home, readCommand } from './samples.ts';

const words = fc.constantFrom(
  ...[
    'resources',
    'inputs',
    'steps',
    'regions',
    '.',
    '[',
    ']',
    '(',
    ')',
    'tasks',
    'standby',
    'replica',
    'output',
    'constructor',
  ],
  ...[
    '__proto__',
    '"us-east-1"',
    '+',
    '==',
    '?',
    ':',
    '!',
    '1',
    '1.5',
    '1u',
    'map(x, x)',
    'has',
    'true',
    'null',
    '{',
    '}',
    ',',
    ' ',
  ],
);
const expressions = fc.array(words, { maxLength: 12 }).map((parts) => parts.join(''));
const values: fc.Arbitrary<Json> = fc.oneof(
  expressions.map((text) => `\${{ ${text} }}`),
  expressions,
  fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
);

it('says what is wrong with any command, whatever stands in one of its places', () => {
  const sample = parse(failoverText) as Json;
  const places = leavesOf(sample).map((leaf) => leaf.path.join());
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (place, value) => {
      const text = stringify(mapLeaves(sample, (leaf, path) => (path.join() === place ? value : leaf)));
      expect(Array.isArray(findWarnings(text, 'failover.yml', { home, catalogue }))).toBe(true);
      try {
        readCommand(text);
      } catch (error) {
        expect(error).toBeInstanceOf(FaultyFiles);
      }
    }),
    { numRuns: 400 },
  );
});

it('evaluates any expression to JSON or refuses it', () => {
  const scope = { inputs: { tasks: 4 }, regions: { standby: 'us-west-2' }, resources: { ports: [1, 2.5] } };
  fc.assert(
    fc.property(values, (value) => {
      try {
        const { input } = evaluateWith({ field: value }, scope, { replica: { lag: 1.5 } });
        expect(JSON.parse(JSON.stringify(input))).toEqual(input);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { numRuns: 1_000 },
  );
});
