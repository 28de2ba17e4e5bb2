import { exampleCloud } from '../../support/example-cloud.ts';
import type { Case, Cases } from '../cases.ts';

const estate = () => exampleCloud('contractorlens', ['databases', 'services', 'taskDefinitions', 'targetGroups']);
const service = { region: 'us-west-2', cluster: 'contractorlens', service: 'contractorlens' };
const of = { estate, depends: 'us-west-2' };

const changed: Case = {
  ...of,
  action: 'ecs.deploy',
  input: {
    ...service,
    image: '123456789012.dkr.ecr.us-west-2.amazonaws.com/contractorlens:v43',
    environment: { DB_HOST: 'contractorlens-db-restored.c4d5e6.us-west-2.rds.amazonaws.com' },
    secrets: { API_KEY: 'arn:aws:ssm:us-west-2:123456789012:parameter/contractorlens/api/key' },
  },
  bad: { input: { ...service, force: true, image: 'contractorlens:v43' }, names: 'force' },
};

export const ecsCases: Cases = {
  effects: [
    changed,
    {
      ...changed,
      input: { ...service, task_definition: 'contractorlens:40' },
      uncalled: ['ecs:RegisterTaskDefinition'],
      bad: { input: { ...service, task_definition: 'contractorlens' }, names: 'task_definition' },
    },
    {
      ...changed,
      input: { ...service, force: true },
      uncalled: ['ecs:RegisterTaskDefinition'],
      again: true,
      keeps: true,
      bad: { input: service, names: 'exactly one' },
    },
    {
      ...of,
      action: 'ecs.roll-back',
      input: service,
      bad: { input: { ...service, task_definition: 'latest' }, names: 'task_definition' },
    },
  ],
  readings: [
    {
      ...of,
      action: 'ecs.check-service',
      input: { ...service, minimum: 2 },
      bad: { input: { ...service, quiet: '2h' }, names: 'quiet' },
    },
  ],
};
