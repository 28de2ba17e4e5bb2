import { expect, it } from '@jest/globals';
import { catalogue } from '../../src/actions/catalogue.ts';
import { policiesFor } from '../../src/cli/iam-policy.ts';

const named = (...names: string[]) => catalogue.list().filter(({ name }) => names.includes(name));

it('lets the plan role read and the run role do no more than the actions do', () => {
  const { plan_role: plan, run_role: run } = policiesFor(named('rds.promote-read-replica', 'rds.check-replica'));
  const reads = ['cloudwatch:GetMetricData', 'rds:DescribeDBInstances'];
  expect(plan.Statement).toEqual([{ Sid: 'MusterReads', Effect: 'Allow', Action: reads, Resource: '*' }]);
  expect(run.Statement.map(({ Action }) => Action)).toEqual([
    reads,
    ['rds:AddTagsToResource', 'rds:PromoteReadReplica'],
  ]);
});

it('lets the run role do what the service does in its name, and the plan role not', () => {
  const { plan_role: plan, run_role: run } = policiesFor(named('dynamodb.restore-backup'));
  expect(run.Statement.flatMap(({ Action }) => Action)).toContain('dynamodb:BatchWriteItem');
  expect(plan.Statement.flatMap(({ Action }) => Action)).not.toContain('dynamodb:BatchWriteItem');
});

it('has no statement where nothing is allowed', () => {
  expect(policiesFor(named('http.check')).run_role.Statement).toEqual([]);
});

const changesWho = /^iam:(?!Get|List)/;
const deletes = /:Delete(?!Object$|Item$|BucketReplication$|FunctionConcurrency$|ResourcePolicy$)/;

it('never asks for what would be a danger on everything', () => {
  const { plan_role: plan, run_role: run } = policiesFor(catalogue.list());
  const free = [...plan.Statement, ...run.Statement].filter(({ Condition }) => Condition === undefined);
  for (const name of free.flatMap(({ Action }) => Action)) {
    expect(name).not.toContain('*');
    expect(name).not.toMatch(changesWho);
    expect(name).not.toMatch(deletes);
  }
});

it('deletes only what a run has tagged, and changes only who is said to be containable', () => {
  const { run_role: run } = policiesFor(named('rds.delete-instance', 'iam.revoke-sessions'));
  expect(run.Statement.slice(1)).toEqual([
    expect.objectContaining({
      Action: ['rds:DeleteDBInstance'],
      Condition: { Null: { 'aws:ResourceTag/muster:run': 'false' } },
    }),
    expect.objectContaining({
      Action: ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'],
      Condition: { StringEquals: { 'aws:ResourceTag/muster:containable': 'true' } },
    }),
  ]);
});
