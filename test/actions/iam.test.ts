import { expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { policiesFor } from '../../src/actions/iam.ts';

const named = (...names: string[]) => catalogue.list().filter(({ name }) => names.includes(name));

it('lets the plan role read and the run role do no more than the actions do', () => {
  const { plan, run } = policiesFor(named('rds.promote-read-replica', 'rds.check-replica'));
  const reads = ['cloudwatch:GetMetricData', 'rds:DescribeDBInstances'];
  expect(plan.Statement).toEqual([{ Sid: 'MusterReads', Effect: 'Allow', Action: reads, Resource: '*' }]);
  expect(run.Statement.map(({ Action }) => Action)).toEqual([
    reads,
    ['rds:AddTagsToResource', 'rds:PromoteReadReplica'],
  ]);
});

it('has no statement where nothing is allowed', () => {
  expect(policiesFor(named('http.check')).run.Statement).toEqual([]);
});

it('never asks for what would be a danger', () => {
  const { run } = policiesFor(catalogue.list());
  for (const name of run.Statement.flatMap(({ Action }) => Action))
    expect(name).not.toMatch(/\*|^iam:|:Delete(?!Object$)/);
});
