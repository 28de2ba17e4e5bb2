import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../src/broadcast/templates/compile.ts';
import { sentences } from '../../src/broadcast/templates/sentences.ts';
import { readArguments } from '../../src/commands/arguments.ts';
import { evaluateCondition, evaluateWith } from '../../src/commands/evaluate.ts';
import { readInputs, readMode } from '../../src/commands/inputs.ts';
import { readTimes } from '../../src/domain/cron.ts';
import { Duration, Instant } from '../../src/domain/duration.ts';
import { readLabel } from '../../src/domain/incident.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import { parseInputs, parseTyped } from '../../src/slack/listeners/parse.ts';
import { failover } from '../commands/samples.ts';
import { mutated, oddText, patience, runs } from './material.ts';
import { isAnswered } from './sentence.ts';

const lines = [
  'failover tasks=4 mode=ungraceful',
  'skip serving reason="the check is wrong"',
  'break-glass A1B2C3 the Region is dark',
  'update INC-7 We are looking into it',
  'assign commander <@U0ANA|ana>',
  'timeline DRILL-3 it’s “back”',
  'severity P1',
];

describe('what people type after /dr', () => {
  it('is words and inputs, or is refused in a sentence', () => {
    fc.assert(
      fc.property(mutated(lines), (text) => {
        isAnswered(text, () => readInputs(failover, readArguments(text).args));
        isAnswered(text, () => {
          const typed = parseTyped(text);
          expect(typed.word).toBe(typed.word.toLowerCase());
          const { inputs } = parseInputs(typed.args);
          expect(Object.getPrototypeOf(inputs)).toBe(Object.prototype);
          return readInputs(failover, inputs);
        });
        isAnswered(text, () => readMode(failover, text));
        readLabel(text);
      }),
      runs(2_000),
    );
  });

  it('is a value and never source: a text goes through an expression as it was typed', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const scope: JsonObject = { inputs: { text } };
        expect(evaluateWith({ field: '${{ inputs.text }}' }, scope, {}).input.field).toBe(text);
        const around = '${{ "a:" + inputs.text + ":z" }}';
        expect(evaluateWith({ field: around }, scope, {}).input.field).toBe(`a:${text}:z`);
        expect(evaluateCondition('inputs.text == "true" || inputs.text != "true"', scope)).toBe(true);
      }),
      runs(500),
    );
  });
});

describe('an expression', () => {
  const sources = [
    'resources.database[regions.standby]',
    'inputs.tasks > 3 && inputs.tasks < 10',
    'steps.replica.output.lag + 1.5',
    'resources.ports.map(port, port * 2)',
    'resources.ports.exists(port, port == 80) ? "a" : "b"',
    'has(inputs.tasks) ? inputs.tasks : 4',
    '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!".matches("(a+)+$")',
    'timestamp("2026-03-01T14:05:00Z") < timestamp("2027-03-01T14:05:00Z")',
  ];
  const scope: JsonObject = {
    inputs: { tasks: 4 },
    regions: { standby: 'us-west-2' },
    resources: { ports: [80, 443], database: { 'us-west-2': 'dr' } },
  };
  const pieces = fc.oneof(
    oddText,
    fc.constantFrom('.map(x, x)', '(', ')', '[', ']', '*', '"', '?', ':', ' in ', '- -'),
  );

  it('gives a value or is refused in a sentence', () => {
    fc.assert(
      fc.property(mutated(sources, pieces), (text) => {
        isAnswered(text, () => evaluateWith({ field: `\${{ ${text} }}` }, scope, { replica: { lag: 1.5 } }));
        isAnswered(text, () => evaluateCondition(text, scope));
      }),
      runs(1_500),
    );
  });
});

describe('a time', () => {
  const pieces = fc.oneof(oddText, fc.constantFrom('*', '/', '-', ',', 'L', '#', 'MON', '31', '0', '60'));

  it('of a schedule, a duration or an instant is read or refused in words', () => {
    const sources = ['0 6 * * 1', '*/15 8-17 1,15 * MON-FRI', '0 0 29 2 *', '15m', '2026-03-01T14:05Z', '0 6 L * 5#2'];
    fc.assert(
      fc.property(mutated(sources, pieces), (text) => {
        const began = performance.now();
        const times = readTimes(text, 'Europe/Berlin');
        if (typeof times === 'string') expect(times).not.toMatch(/undefined|NaN|\n\s+at /);
        else expect(times.next(new Date('2026-03-01T00:00:00Z'))?.getTime()).not.toBeNaN();
        for (const schema of [Duration, Instant]) expect(typeof schema.safeParse(text).success).toBe('boolean');
        expect(performance.now() - began).toBeLessThan(patience);
      }),
      runs(1_000),
    );
  });
});

describe('a template', () => {
  const names = Object.keys(sentences) as (keyof typeof sentences)[];
  const sources = [
    '{{label}}: {{title}} {{#if services}}({{services}}){{/if}}',
    '{{#each items}}{{this}}{{else}}none{{/each}}',
    '{{#if (is phase "recovering")}}*{{title}}*{{else}}{{why}}{{/if}}',
    '{{#unless channel}}no{{/unless}} {{severity}} {{began}}',
  ];
  const pieces = fc.oneof(
    oddText,
    fc.constantFrom(
      '{{',
      '}}',
      '{{{',
      '}}}',
      '{{> x}}',
      '{{#each services}}',
      '{{/each}}',
      '{{else}}',
      '{{lookup . "constructor"}}',
      '{{@root}}',
      '{{../title}}',
      '{{#with this}}',
      '{{!--',
      '{{~',
      '{{&title}}',
    ),
  );

  it('is compiled and tried, or every fault has its place and its words', () => {
    fc.assert(
      fc.property(mutated(sources, pieces), fc.constantFrom(...names), (source, name) => {
        const { input, goes: into } = sentences[name];
        const compiled = compile({ file: 'tried.hbs', source, shape: input.shape, into });
        for (const { line, column, message } of 'faults' in compiled ? compiled.faults : []) {
          expect(line).toBeGreaterThanOrEqual(1);
          expect(column).toBeGreaterThanOrEqual(1);
          expect(message.length).toBeGreaterThan(8);
          if (!source.includes('[object')) expect(message).not.toMatch(/\[object |\n\s+at |is not a function/);
        }
      }),
      runs(1_000),
    );
  });
});
