import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { catalogue } from '../../src/actions/catalogue.ts';
import { leavesOf, mapLeaves } from '../../src/commands/cel/expression.ts';
import { findWarnings, parseCommand } from '../../src/commands/parse-command.ts';
import { parseYaml } from '../../src/commands/yaml/parse-yaml.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import type { Json } from '../../src/domain/json.ts';
import { Estate } from '../../src/sim/world/estate.ts';
import { mutated, oddText, runs } from './material.ts';
import { isAnswered } from './sentence.ts';

const root = join(import.meta.dirname, '../..');
const examples = readdirSync(join(root, 'examples'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** Schedules are read for years ahead, which takes its time: two of three homes are tried without theirs. */
const homes = [
  read(`examples/acme/muster.yml`),
  read(`examples/acme/muster.yml`),
  ...examples.map((name) => read(`examples/${name}/muster.yml`).replace(/^schedules:\n(?:(?: .*|#.*)?\n)*/m, '')),
];
const clouds = examples.map((name) => read(`examples/${name}/cloud.yml`));
const folders = ['commands', ...examples.map((name) => `examples/${name}/commands`)].filter((folder) =>
  existsSync(join(root, folder)),
);
const commands = folders.flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yml'))
    .map((file) => ({ name: file.replace('.yml', ''), text: read(`${folder}/${file}`) })),
);

const home = parseHome(read('examples/acme/muster.yml'), 'muster.yml');
const against = { home, catalogue, isThere: () => true };

/** A value that no schema expects, or one that it does in another place. */
const oddValue: fc.Arbitrary<Json> = fc.oneof(
  oddText,
  fc.constantFrom<Json>(null, true, -1, 0, 1e308, Number.MAX_SAFE_INTEGER + 2, 0.1, [], {}, [[]], [{ a: [null] }]),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json),
);

/** Valid YAML, one of whose leaves is something else; or with a key of another name beside it. */
function misplaced(texts: readonly string[]): fc.Arbitrary<string> {
  const samples = texts.map((text) => parse(text) as Json);
  return fc
    .tuple(fc.nat(samples.length - 1), fc.nat(), oddValue, fc.boolean(), oddText)
    .map(([which, place, value, asKey, key]) => {
      const sample = samples[which] ?? null;
      const leaves = leavesOf(sample);
      const path = leaves[place % leaves.length]?.path.join();
      const changed = mapLeaves(sample, (leaf, at) => (at.join() === path ? (asKey ? { [key]: leaf } : value) : leaf));
      return stringify(changed, { aliasDuplicateObjects: false });
    });
}

/** YAML's own traps, before, in, or after what is valid. */
const traps = [
  'a: &a [*a]\n',
  `a: &a [x]\n${Array.from({ length: 12 }, (_, i) => `b${i}: &b${i} [${'*a, '.repeat(9)}*${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}\n`,
  `l0: &l0 [lol, lol]\n${Array.from({ length: 20 }, (_, i) => `l${i + 1}: &l${i + 1} [*l${i}, *l${i}, *l${i}, *l${i}]`).join('\n')}\n`,
  '<<: *nothing\n',
  'a: !!js/function "function () {}"\n',
  'a: !!binary "AAAA"\n',
  'a: !!set { x }\n',
  'a: !<tag:yaml.org,2002:python/object:os.system> x\n',
  '? [a, b]\n: c\n',
  '? {a: b}\n: c\n',
  '__proto__: { polluted: true }\n',
  'constructor: { prototype: { polluted: true } }\n',
  'version: 1\nversion: 1\n',
  '---\na: 1\n---\nb: 2\n',
  '%YAML 9.9\n---\n',
  '%TAG ! tag:x,2000:\n---\n',
  'a: |\n  x\n y\n',
  '\t- a\n',
  'a: [\n',
  'a: {b: {c: {d: [}}}\n',
  `${'a:\n '.repeat(3)}- ${'['.repeat(2_000)}\n`,
  `${Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')}\n`,
  'a: .inf\nb: -.inf\nc: .nan\n',
  'a: 0o17\nb: 0xff\nc: 1:30\nd: 2001-12-14t21:59:43.10-05:00\n',
  'a: *missing\n',
  '# only a comment\n',
  '\ufeff',
  '\u0000',
  '"',
];
function trapped(texts: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...texts, ''), fc.constantFrom(...traps), fc.double({ min: 0, max: 1, noNaN: true }))
    .map(([text, trap, at]) => {
      const lines = text.split('\n');
      const where = Math.floor(at * lines.length);
      return [...lines.slice(0, where), trap, ...lines.slice(where)].join('\n');
    });
}

function anyOf(texts: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(mutated(texts), misplaced(texts), trapped(texts));
}

describe('whatever stands in a file', () => {
  it('muster.yml is read, or every fault has its place and its words', () => {
    fc.assert(
      fc.property(anyOf(homes), (text) => isAnswered(text, () => parseHome(text, 'muster.yml'))),
      runs(700),
    );
  });

  it('a command is read, or every fault has its place and its words', () => {
    const texts = commands.map(({ text }) => text);
    fc.assert(
      fc.property(anyOf(texts), (text) => {
        isAnswered(text, () => parseCommand(text, 'commands/tried.yml', against));
        isAnswered(text, () => findWarnings(text, 'commands/tried.yml', against));
      }),
      runs(700),
    );
  });

  it('a cloud is read, or every fault has its place and its words', () => {
    fc.assert(
      fc.property(anyOf(clouds), (text) => isAnswered(text, () => parseYaml(text, 'cloud.yml', Estate))),
      runs(300),
    );
  });

  it('nothing reaches a prototype', () => {
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
