import type { EstateInput } from '../../../src/sim/index.ts';
import { exampleCloud } from '../../support/example-cloud.ts';
import type { Cases } from '../cases.ts';

const pipeline = { region: 'us-west-2', stack: 'flightdata-pipeline' };
const emergency = {
  region: 'us-west-2',
  stack: 'flightdata-pipeline-emergency',
  template: 'infrastructure/emergency.yaml',
  parameters: { Environment: 'production', RecoveryMode: true },
  capabilities: ['CAPABILITY_NAMED_IAM'],
};
const change = { parameters: { InstanceCount: 3, Environment: 'production' }, capabilities: ['CAPABILITY_NAMED_IAM'] };
const simulation = { region: 'us-west-2', stack: 'flightdata-dr-simulation' };

/** The example's cloud, with a stack that an earlier step of this run has made. */
function withOwnStack(): EstateInput {
  const cloud = exampleCloud('flight-data', ['cloudFormation']);
  const template = JSON.stringify({
    Resources: { Topic: { Type: 'AWS::SNS::Topic' }, Bell: { Type: 'AWS::SNS::Topic' } },
  });
  const own = {
    ...simulation,
    name: simulation.stack,
    template,
    tags: { 'muster:run': 'run_1', 'muster:step': 'run_1/make' },
  };
  const { stack: _, ...spec } = own;
  return {
    ...cloud,
    cloudFormation: { ...cloud.cloudFormation, stacks: [...(cloud.cloudFormation?.stacks ?? []), spec] },
  };
}

export const cloudFormationCases: Cases = {
  effects: [
    {
      action: 'cloudformation.deploy-stack',
      input: { ...pipeline, ...change },
      estate: () => exampleCloud('flight-data', ['cloudFormation']),
      depends: 'us-west-2',
      uncalled: ['cloudformation:DeleteStack'],
      bad: { input: { ...pipeline, parameters: { 'Instance Count': 3 } }, names: 'parameters' },
    },
    {
      action: 'cloudformation.deploy-stack',
      input: emergency,
      estate: () => exampleCloud('flight-data', ['cloudFormation']),
      depends: 'us-west-2',
      uncalled: ['cloudformation:DeleteStack'],
      bad: { input: { ...emergency, template: '../elsewhere.yaml' }, names: 'template' },
    },
    {
      action: 'cloudformation.delete-stack',
      input: simulation,
      estate: withOwnStack,
      depends: 'us-west-2',
      keeps: true,
      bad: { input: { ...simulation, stack: 'no such name' }, names: 'stack' },
    },
  ],
};
