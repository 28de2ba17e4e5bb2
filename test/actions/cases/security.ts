import { exampleCloud } from '../../support/example-cloud.ts';
import type { Case, Cases } from '../cases.ts';

const home = 'us-west-2';
const instance = 'i-0c10ba5e00000001';
const isolation = { region: home, instance, containment_group: 'sg-0c10contain', untrack_group: 'sg-0c10untrack' };
const key = { user: 'contractorlens-deploy', access_key: 'AKIACONTRACTORLENS1' };
const host = { region: home, name: '/contractorlens/db/host' };
const database = {
  region: home,
  secret: 'contractorlens/db',
  database: 'contractorlens-db',
  connection: 'env:CONTRACTORLENS_DB',
};

const estate: Case['estate'] = () =>
  exampleCloud('contractorlens', ['databases', 'connections', 'rds', 'ec2', 'iam', 'ssm', 'secrets']);

const current = '00000000-0000-4000-8000-0000c10db001';
const other = '00000000-0000-4000-8000-0000c10db002';
const value = (password: string): string => JSON.stringify({ username: 'app', password });

/** The database has taken the new password; the secret still has it pending. */
const staged: Case['estate'] = () => ({
  ...estate(),
  secrets: {
    secrets: [
      {
        region: home,
        name: 'contractorlens/db',
        versions: [
          { id: current, value: value('simulated-0ld00000'), stages: ['AWSCURRENT'] },
          { id: other, value: value('simulated-7f3a91c2'), stages: ['AWSPENDING'] },
        ],
      },
    ],
  },
});

/** The secret has the new password; the old one is still kept beside it. */
const published: Case['estate'] = () => ({
  ...estate(),
  secrets: {
    secrets: [
      {
        region: home,
        name: 'contractorlens/db',
        versions: [
          { id: other, value: value('simulated-0ld00000'), stages: ['AWSPREVIOUS'] },
          { id: current, value: value('simulated-7f3a91c2'), stages: ['AWSCURRENT'] },
        ],
      },
    ],
  },
});

const common = { estate, depends: home } as const;

export const securityCases: Cases = {
  effects: [
    {
      ...common,
      action: 'ec2.snapshot-evidence',
      input: { region: home, instance },
      bad: { input: { region: home, instance: 'jobs' }, names: 'instance' },
      keeps: true,
    },
    {
      ...common,
      action: 'ec2.isolate-instance',
      input: isolation,
      bad: { input: { ...isolation, containment_group: 'contain' }, names: 'containment_group' },
      uncalled: ['ec2:AssociateIamInstanceProfile'],
    },
    {
      ...common,
      action: 'ec2.lock-down-group',
      input: { region: home, group: 'sg-0c10app' },
      bad: { input: { region: home, group: 'sg-0c10app', direction: 'in' }, names: 'direction' },
      uncalled: ['ec2:AuthorizeSecurityGroupIngress', 'ec2:AuthorizeSecurityGroupEgress'],
      instant: true,
    },
    {
      ...common,
      action: 'iam.disable-access-key',
      input: key,
      depends: 'us-east-1',
      bad: { input: { ...key, access_key: 'wJalrXUtnFEMI' }, names: 'access_key' },
      instant: true,
    },
    {
      ...common,
      action: 'iam.revoke-sessions',
      input: { role: 'contractorlens-task' },
      depends: 'us-east-1',
      bad: { input: { role: '' }, names: 'role' },
      uncalled: ['iam:DeleteRolePolicy'],
      instant: true,
      again: true,
    },
    {
      ...common,
      action: 'secrets.rotate',
      input: database,
      bad: { input: { ...database, connection: 'postgres://app:hunter2@db/app' }, names: 'connection' },
    },
    {
      ...common,
      action: 'secrets.publish',
      input: { ...database, version: other },
      estate: staged,
      bad: { input: { ...database, version: 'AWSPENDING' }, names: 'version' },
      instant: true,
    },
    {
      ...common,
      action: 'secrets.retire-previous',
      input: { ...database, version: other },
      estate: published,
      bad: { input: { ...database, version: 'AWSPREVIOUS' }, names: 'version' },
      instant: true,
    },
    {
      ...common,
      action: 'ssm.set-parameter',
      input: { ...host, value: 'contractorlens-db-restored.c4d5e6.us-west-2.rds.amazonaws.com' },
      bad: { input: { ...host, value: 'a', version: 1 }, names: 'value' },
      uncalled: ['secretsmanager:GetSecretValue'],
      instant: true,
    },
  ],
  readings: [
    {
      ...common,
      action: 'ssm.check-parameters',
      input: { region: 'us-east-1', primary: home, path: '/contractorlens' },
      depends: 'us-east-1',
      bad: { input: { region: 'us-east-1', primary: home }, names: 'names' },
    },
    {
      ...common,
      action: 'ssm.read-parameter',
      input: host,
      bad: { input: { ...host, name: 'a name' }, names: 'name' },
    },
  ],
};
