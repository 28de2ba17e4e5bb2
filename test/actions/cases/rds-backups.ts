import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Cases } from '../cases.ts';

const database = { region: 'us-west-2', instance: 'contractorlens-db' };
const copied = { region: 'us-east-1', snapshot: 'contractorlens-snapshot-dr', instance: 'contractorlens-db' };
const settings = {
  security_groups: ['sg-0c10dbdr'],
  subnet_group: 'contractorlens-private',
  parameter_group: 'contractorlens-postgres16',
  class: 'db.m6g.large',
  multi_az: false,
};
const original = 'arn:aws:rds:us-west-2:123456789012:snapshot:contractorlens-snapshot';
const copy = {
  region: 'us-east-1',
  source: original,
  instance: 'contractorlens-db',
  kms_key: 'alias/contractorlens-dr',
};

const estate = (): EstateInput => exampleCloud('contractorlens', ['databases', 'rds']);

/** The example's cloud with an instance that this run made in an earlier step. */
function withTestInstance(): EstateInput {
  const cloud = estate();
  const [source] = cloud.databases ?? [];
  if (!source) throw new Error('the example has no database');
  const tags = { 'muster:run': 'run_1', 'muster:step': 'run_1/restore' };
  return { ...cloud, databases: [source, { ...source, id: 'contractorlens-db-test-1', tags }] };
}

export const backupCases: Cases = {
  effects: [
    {
      action: 'rds.create-snapshot',
      estate,
      input: database,
      depends: 'us-west-2',
      keeps: true,
      bad: { input: { ...database, suffix: 'Before Failover' }, names: 'suffix' },
    },
    {
      action: 'rds.copy-snapshot',
      estate,
      input: copy,
      depends: 'us-east-1',
      keeps: true,
      bad: { input: { ...copy, source: 'contractorlens-snapshot' }, names: 'source' },
    },
    {
      action: 'rds.restore-snapshot',
      estate,
      input: { ...copied, ...settings },
      depends: 'us-east-1',
      keeps: true,
      bad: { input: { ...copied, ...settings, security_groups: [] }, names: 'security_groups' },
    },
    {
      action: 'rds.restore-to-time',
      estate,
      input: { ...database, time: '2026-03-01T11:30:00Z' },
      depends: 'us-west-2',
      keeps: true,
      bad: { input: { ...database, time: '2026-03-01 11:30' }, names: 'time' },
    },
    {
      action: 'rds.delete-instance',
      estate: withTestInstance,
      input: { region: 'us-west-2', made_from: 'contractorlens-db', suffix: 'test' },
      depends: 'us-west-2',
      keeps: true,
      bad: { input: { region: 'us-west-2', made_from: 'contractorlens-db' }, names: 'suffix' },
    },
  ],
  readings: [
    {
      action: 'rds.select-snapshot',
      estate,
      input: { region: 'us-east-1', instance: 'contractorlens-db', kind: 'copied', max_age: '2h' },
      depends: 'us-east-1',
      bad: { input: { region: 'us-east-1', instance: 'contractorlens-db', max_age: 'yesterday' }, names: 'max_age' },
    },
    {
      action: 'rds.check-backups',
      estate,
      input: { ...database, retention_days: 7, max_age: '15m' },
      depends: 'us-west-2',
      bad: { input: { ...database, retention_days: 0, max_age: '15m' }, names: 'retention_days' },
    },
  ],
};
