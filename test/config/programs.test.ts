import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseHome } from '../../src/config/parse-home.ts';

const acme = readFileSync(new URL('../../examples/acme/muster.yml', import.meta.url), 'utf8');
const withPrograms = (text: string) => parseHome(`${acme}\n${text}\n`, 'muster.yml');

describe('programs in muster.yml', () => {
  it('are none unless they are named', () => {
    expect(parseHome(acme, 'muster.yml')).toMatchObject({ scripts: {}, terraform: {} });
  });

  it('are given little, and no time without end', () => {
    const { scripts, terraform } = withPrograms(
      'scripts: { verify-data: { file: scripts/verify.sh } }\nterraform: { main: { folder: infrastructure/terraform } }',
    );
    expect(scripts).toEqual({
      'verify-data': {
        file: 'scripts/verify.sh',
        arguments: {},
        timeout: '5m',
        environment: [],
        repeatable: false,
        harmless: false,
      },
    });
    expect(terraform).toEqual({ main: { folder: 'infrastructure/terraform', timeout: '30m', environment: [] } });
  });

  it.each([
    ['scripts: { x: { file: /etc/passwd } }', /file: expected a path inside the home/],
    ['scripts: { x: { file: scripts/../../x.sh } }', /file: expected a path inside the home/],
    ['scripts: { x: { file: a.sh, arguments: { on: { type: boolean } } } }', /a boolean argument needs a flag/],
    ['scripts: { x: { file: a.sh, arguments: { on: { pattern: "(" } } } }', /pattern: expected a regular expression/],
    ['scripts: { x: { file: a.sh, environment: ["A B"] } }', /expected the name of a variable/],
    ['scripts: { x: { file: a.sh, shell: true } }', /shell/],
    ['terraform: { main: { folder: ../elsewhere } }', /folder: expected a path inside the home/],
  ])('%s is a fault with its place', (text, message) => {
    expect(() => withPrograms(text)).toThrow(message);
    expect(() => withPrograms(text)).toThrow(/^muster\.yml:\d+:\d+ /);
  });
});
