import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Case } from '../cases.ts';

const west = { region: 'us-west-2' };
const database = { ...west, instance: 'contractorlens-db' };

export function databaseCloud(): EstateInput {
  return exampleCloud('contractorlens', [
    'databases',
    'connections',
    'services',
    'taskDefinitions',
    'targetGroups',
    'ec2',
  ]);
}

/** The same with a database that was restored beside the first. */
export function cloudWithRestored(): EstateInput {
  const estate = databaseCloud();
  const [first] = estate.databases ?? [];
  if (!first) throw new Error('the example has no database');
  return { ...estate, databases: [first, { ...first, id: 'contractorlens-db-restored' }] };
}

const replica = {
  region: 'us-east-1',
  instance: 'contractorlens-db-replica',
  source_region: 'us-west-2',
  source: 'contractorlens-db',
  security_groups: ['sg-0e10db'],
  kms_key: 'alias/aws/rds',
};

export const changeCases: readonly Case[] = [
  {
    action: 'rds.fence',
    estate: databaseCloud,
    input: { ...database, security_groups: ['sg-0c10dbfence'] },
    depends: 'us-west-2',
    bad: { input: { ...database, security_groups: [] }, names: 'security_groups' },
  },
  {
    action: 'rds.swap-identifier',
    estate: cloudWithRestored,
    input: { ...database, replacement: 'contractorlens-db-restored' },
    depends: 'us-west-2',
    bad: { input: { ...database, replacement: 'contractorlens-db' }, names: 'replacement' },
  },
  {
    action: 'rds.create-read-replica',
    estate: databaseCloud,
    input: replica,
    depends: 'us-east-1',
    bad: { input: { ...replica, security_groups: [] }, names: 'security_groups' },
  },
];
