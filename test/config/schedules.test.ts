import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { loadHome } from '../../src/config/home.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import { FaultyFiles } from '../../src/domain/errors.ts';
import { faultsOf, homeText } from '../commands/samples.ts';

const base = { command: 'look', at: '"0 6 * * *"', owner: 'ana' };

function scheduled(over: Record<string, string>): string {
  const lines = Object.entries({ ...base, ...over }).map(([key, value]) => `    ${key}: ${value}`);
  return `${homeText}\nschedules:\n  checks:\n${lines.join('\n')}\n`;
}

const routine = `name: look
title: Look at the service
purpose: routine
inputs:
  rows: { type: integer, min: 1 }
  kind: { type: string, default: short }
steps:
  - { id: answers, uses: http.check, with: { url: "https://api.dr.example.com/health" } }
`;

describe('schedules of muster.yml', () => {
  const faults = (over: Record<string, string>) => faultsOf(() => parseHome(scheduled(over), 'muster.yml')).join('\n');

  it('are asked for unless they say that they start by themselves', () => {
    const { checks } = parseHome(scheduled({}), 'muster.yml').schedules;
    expect(checks).toEqual({ command: 'look', at: '0 6 * * *', inputs: {}, start: 'asked', owner: 'ana' });
  });

  it.each([
    [
      'an expression with seconds',
      { at: '"0 0 6 * * *"' },
      /\d+:9 0 0 6 \* \* \* is no cron expression: expected five/,
    ],
    ['an hour that there is not', { at: '"0 25 * * *"' }, /\d+:9 0 25 \* \* \* is no cron expression/],
    ['a day that there is not', { at: '"0 6 31 2 *"' }, /\d+:9 0 6 31 2 \* never occurs/],
    ['an owner whom nobody knows', { owner: 'anna' }, /\d+:12 anna is nobody in people: did you mean ana\?/],
    ['a group by its name', { owner: 'group:devops' }, /group:devops is no Slack user group/],
    ['more time than there is to the next one', { within: '2d' }, /\d+:13 within is 2d, longer than the 23h/],
    ['no time at all', { within: '0h' }, /within is 0h: it could never begin/],
    ['an unknown key', { when: 'daily' }, /when is not known here/],
  ])('are refused for %s', (_, over, fault) => {
    expect(faults(over)).toMatch(fault);
  });

  it('may be owned by a group, and take as long as the time to the next one', () => {
    expect(faults({ owner: 'group:S0RESP', within: '23h' })).toBe('');
  });
});

describe('schedules beside commands', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-home-'));
    await mkdir(join(dir, 'commands'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function faults(over: Record<string, string>, command = routine): Promise<string> {
    await writeFile(join(dir, 'muster.yml'), scheduled(over));
    await writeFile(join(dir, 'commands', 'look.yml'), command);
    try {
      await loadHome(dir, { shippedDir: '.' }, catalogue);
      return '';
    } catch (error) {
      if (error instanceof FaultyFiles) return error.message.replaceAll(`${dir}/`, '');
      throw error;
    }
  }

  it('are taken with what their command needs', async () => {
    expect(await faults({ inputs: '{ rows: 3 }', start: 'automatic' })).toBe('');
  });

  it.each([
    [
      'a command that is not there',
      { command: 'lok', inputs: '{ rows: 3 }' },
      /^muster\.yml:\d+:14 .*no command lok.*look/,
    ],
    ['an input that the command lacks', { inputs: '{ rows: 3, row: 3 }' }, /^muster\.yml:\d+:24 look has no input row/],
    ['an input out of bounds', { inputs: '{ rows: 0 }' }, /^muster\.yml:\d+:21 rows is an integer of at least 1/],
    ['an input that is missing', {}, /^muster\.yml:\d+:\d+ look wants rows/],
    ['a command for recovering', { command: 'failover' }, /failover is for recovering/],
  ])('are refused for %s', async (_, over, fault) => {
    expect(await faults(over)).toMatch(fault);
  });

  it.each([
    ['needs approval', 'approvals: 1', /start is automatic, but look needs an approval: write start: asked/],
    ['wants a phrase', 'confirm: LOOK', /start is automatic, but look wants its phrase typed/],
  ])('do not start by themselves what %s', async (_, line, fault) => {
    const command = routine.replace('purpose: routine', `purpose: routine\n${line}`);
    const over = { inputs: '{ rows: 3 }', start: 'automatic' };
    expect(await faults(over, command)).toMatch(fault);
    expect(await faults({ ...over, start: 'asked' }, command)).toBe('');
  });

  it('do not start by themselves what cannot be undone', async () => {
    const step = `  - id: gone
    uses: secrets.retire-previous
    with: { region: us-east-1, secret: app, database: app, connection: "env:APP", version: 0123456789abcdef0123456789abcdef }
`;
    const command = `${routine.replace('purpose: routine', 'purpose: routine\napprovals: 0\nconfirm: GONE')}${step}`;
    const over = { inputs: '{ rows: 3 }', start: 'automatic' };
    expect(await faults(over, command)).toMatch(
      /start is automatic, but gone of look cannot be undone or moves traffic/,
    );
  });
});
