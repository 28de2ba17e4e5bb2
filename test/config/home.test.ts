import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { loadHome } from '../../src/config/home.ts';
import { parseHome } from '../../src/config/parse-home.ts';
import { FaultyFiles } from '../../src/domain/errors.ts';
import { catalogue } from '../commands/catalogue.ts';
import { changed, failoverText, faultsOf, homeText } from '../commands/samples.ts';

const cases: [what: string, from: string, to: string, fault: string][] = [
  ['an unknown key', 'objectives:', 'objectivs:', '10:3 objectivs is not known here: did you mean objectives?'],
  [
    'an unknown key of a person',
    '{ slack: U0ANA',
    '{ slak: U0ANA',
    '44:10 slak is not known here: did you mean slack?',
  ],
  ['a wrong version', 'version: 1', 'version: 2', '3:10 version: expected 1, found 2'],
  [
    'a wrong Region',
    'primary: us-east-1',
    'primary: use1',
    '9:23 primary: expected an AWS Region such as us-east-1, found "use1"',
  ],
  [
    'one Region twice',
    'recovery: us-west-2 }',
    'recovery: us-east-1 }',
    '9:44 recovery is us-east-1, the primary Region itself',
  ],
  [
    'a wrong duration',
    'rto: 4h',
    'rto: 4 hours',
    '10:22 rto: expected a duration such as 30s, 15m, 4h or 2d, found "4 hours"',
  ],
  [
    'a wrong address',
    'https://api.dr.example.com/health',
    'api',
    'health: expected an address such as https://api.example.com/health, found "api"',
  ],
  [
    'a wrong priority',
    'priority: high',
    'priority: hihg',
    '18:22 priority: expected one of critical, high, normal, low, found "hihg": did you mean high?',
  ],
  [
    'an account id without quotes',
    'channels:',
    'accounts: { prod: { id: 123456789012 } }\nchannels:',
    '55:25 id: expected a text, found 123456789012: put it in quotes',
  ],
  [
    'a role that names nobody',
    'commanders: [ana]',
    'commanders: [anna]',
    '51:16 anna is nobody in people: did you mean ana?',
  ],
  [
    'a role that names a group wrongly',
    'commanders: [ana]',
    'commanders: [group:leads]',
    '51:16 group:leads is no Slack user group',
  ],
  [
    'a role that names a prototype',
    'commanders: [ana]',
    'commanders: [constructor]',
    '51:16 constructor is nobody in people',
  ],
  [
    'an unknown role',
    'publishers: [cat]',
    'publisher: [cat]',
    '53:3 publisher is not known here: did you mean publishers?',
  ],
  ['an identity that two share', 'U0BEN', 'U0ANA', '45:17 ben has the same slack as ana'],
  [
    'an unknown time zone',
    'Europe/Berlin',
    'Europe/Berln',
    '4:11 Europe/Berln is no time zone: did you mean Europe/Berlin?',
  ],
  [
    'a wrong rule for words',
    'public: holding',
    'public: hold',
    'public: expected one of automatic, holding, approved, never, found "hold"',
  ],
  [
    'a name in capitals',
    'admin: {',
    'Admin: {',
    'Admin cannot be a key here: expected a lower-case name such as api or order-db',
  ],
  [
    'a service of a priority that is no tier',
    '  services:\n',
    '  tiers: { critical: { rto: 1h }, high: {}, low: {} }\n  services:\n',
    '20:24 admin is of priority normal, and tiers has none of that name: known: critical, high, low',
  ],
  ['a missing channel', 'incidents: "#incidents", ', '', '55:1 incidents is missing: expected a text'],
  [
    'a prototype among the resources',
    'resources:\n',
    'resources:\n  __proto__: { x: 1 }\n',
    '__proto__ cannot be a key',
  ],
  [
    'no severity',
    homeText.slice(homeText.indexOf('severities:'), homeText.indexOf('people:')),
    'severities: {}\n\n',
    'severities names none',
  ],
];

const asOften = (fields: string) => {
  const home = changed('severities:', 'severities:\n  P9: { X }', homeText);
  return home.replace('{ X }', `{ ${fields} }`);
};

describe('muster.yml', () => {
  it('of the example has no fault', () => {
    const home = parseHome(homeText, 'muster.yml');
    expect(home.roles.responders).toEqual(['ana', 'ben', 'dov']);
    expect(home.broadcasts.public).toBe('holding');
  });

  it.each(cases)('is refused for %s', (_, from, to, fault) => {
    expect(faultsOf(() => parseHome(changed(from, to, homeText), 'muster.yml')).join('\n')).toContain(fault);
  });

  it.each([
    ['update_every', '0m'],
    ['update_every', '59s'],
    ['update_every_recovering', '00s'],
    ['update_every_recovering', '0d'],
    ['public_within', '0h'],
    ['public_within', 'soon'],
  ])('is refused for words without a pause: %s: %s', (field, length) => {
    const faults = faultsOf(() => parseHome(asOften(`${field}: ${length}`), 'muster.yml')).join('\n');
    expect(faults).toContain(
      `${field}: expected a minute or longer, such as 1m, 90s, 15m, 4h or 2d, found "${length}"`,
    );
    expect(faults).toMatch(/\d+:\d+ /);
  });

  it.each(['1m', '60s', '100s', '090s', '01h', '2d', '10m'])('takes %s from one word to the next', (length) => {
    const fields = ['update_every', 'update_every_recovering', 'public_within'];
    const text = asOften(fields.map((field) => `${field}: ${length}`).join(', '));
    expect(parseHome(text, 'muster.yml').severities.P9).toMatchObject(
      Object.fromEntries(fields.map((field) => [field, length])),
    );
  });

  it.each([
    'arn:aws:sts::123456789012:assumed-role/ops/ana',
    'arn:aws:iam::123456789012:role/ops',
    'arn:aws:iam::123456789012:root',
    'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Ops_0a1b',
    'arn:aws:sts::123456789012:assumed-role/ops/AWSReservedSSO_Ops_0a1b/ana',
  ])('is refused for an identity that more than one may hold: %s', (arn) => {
    const text = changed('arn:aws:iam::123456789012:user/ana', arn, homeText);
    expect(faultsOf(() => parseHome(text, 'muster.yml')).join('\n')).toContain(`${arn} is no one person's`);
  });

  it.each([
    'arn:aws:iam::123456789012:user/ops/ana',
    'arn:aws-us-gov:iam::123456789012:user/ana',
    'arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Ops_0a1b2c3d4e5f6a7b/ana@example.com',
  ])('takes an identity that is one person: %s', (arn) => {
    const home = parseHome(changed('arn:aws:iam::123456789012:user/ana', arn, homeText), 'muster.yml');
    expect(home.people.ana?.iam).toBe(arn);
  });

  it('is refused for a person of the terminal alone while a role names a group', () => {
    const alone = changed('slack: U0BEN, ', '', homeText);
    expect(() => parseHome(alone, 'muster.yml')).not.toThrow();
    const text = changed('approvers: [ben]', 'approvers: [group:S0RESP, ben]', alone);
    expect(faultsOf(() => parseHome(text, 'muster.yml')).join('\n')).toContain(
      'ben has iam but no slack while approvers names a group',
    );
  });

  it('takes groups by their id', () => {
    const home = parseHome(changed('approvers: [ben]', 'approvers: [group:S0RESP, ben]', homeText), 'muster.yml');
    expect(home.roles.approvers).toEqual(['group:S0RESP', 'ben']);
  });
});

describe('a home', () => {
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'muster-home-'));
    await mkdir(join(dir, 'commands'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const load = () => loadHome(dir, { shippedDir: '.' }, catalogue);
  const write = (name: string, text: string) => writeFile(join(dir, name), text);

  async function faultsOfLoad(): Promise<string> {
    const failed = await load().then(
      () => undefined,
      (error: unknown) => error,
    );
    return failed instanceof FaultyFiles ? failed.message : '';
  }

  it('is filled with the shipped commands', async () => {
    await write('muster.yml', homeText);
    const { commands, leftOut } = await load();
    expect(commands.map((command) => command.name)).toEqual(['failover', 'restart-service']);
    expect(leftOut).toEqual([]);
  });

  it('may have no folder of commands', async () => {
    await rm(join(dir, 'commands'), { recursive: true });
    await write('muster.yml', homeText);
    expect((await load()).commands).toHaveLength(2);
  });

  it('puts its own command in place of the shipped one', async () => {
    await write('muster.yml', homeText);
    await write(
      'commands/failover.yml',
      changed('title: Fail over to the standby Region', 'title: Our own', failoverText),
    );
    const { commands } = await load();
    expect(commands.find((command) => command.name === 'failover')?.title).toBe('Our own');
  });

  it('reports the faults of all its own files at once', async () => {
    await write('muster.yml', homeText);
    await write('commands/failover.yml', changed('count: 0', 'cuont: 0', failoverText));
    await write('commands/other.yml', 'name: other\n');
    await write('commands/third.yaml', 'name: third\n');
    const message = await faultsOfLoad();
    expect(message).toContain(
      `${join(dir, 'commands/failover.yml')}:44:7 unknown-name: ecs.scale-service has no field cuont`,
    );
    expect(message).toContain(`${join(dir, 'commands/other.yml')}:1:1 title is missing`);
    expect(message).toContain(`${join(dir, 'commands/third.yaml')}:1:1 ends in .yaml: call it third.yml`);
  });

  it('refuses a contact for what is neither a service nor a scenario of its commands', async () => {
    await write('muster.yml', changed('for: [region-outage]', 'for: [api, Region outage, region-outge]', homeText));
    expect(await faultsOfLoad()).toMatch(
      /muster\.yml:\d+:\d+ region-outge is no service and no scenario of a command: did you mean region-outage\?$/,
    );
  });

  it('leaves out a shipped command that names what the home does not have, and says why', async () => {
    await write('muster.yml', changed('  database: {', '  databases: {', homeText));
    const { commands, leftOut } = await load();
    expect(commands.map((command) => command.name)).toEqual(['restart-service']);
    expect(leftOut.map((left) => left.name)).toEqual(['failover']);
    expect(leftOut[0]?.faults[0]?.message).toBe('resources has no database: did you mean databases?');
  });

  it('finds a resource that lacks one of the Regions', async () => {
    await write(
      'muster.yml',
      changed(
        'cluster: { us-east-1: prod-cluster, us-west-2: dr-cluster }',
        'cluster: { us-west-2: dr-cluster }',
        homeText,
      ),
    );
    await write('commands/failover.yml', failoverText);
    expect(await faultsOfLoad()).toContain(
      'resources.cluster[regions.standby] has no value while us-east-1 is the standby Region: No such key: us-east-1',
    );
  });

  it('says in one sentence that muster.yml is not there', async () => {
    expect(await faultsOfLoad()).toBe(
      `${join(dir, 'muster.yml')}:1:1 there is no such file: set MUSTER_HOME to the folder that holds muster.yml, or copy examples/acme to begin with`,
    );
  });

  it('says that muster.yml is no file', async () => {
    await mkdir(join(dir, 'muster.yml'));
    expect(await faultsOfLoad()).toContain('cannot be read (EISDIR)');
  });
});
