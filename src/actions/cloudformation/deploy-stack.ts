import { unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Found } from '../kit/define.ts';
import { changeSetName, readChangeSet } from './change-set.ts';
import { observeDeploy, verifyDeploy } from './deploy-observe.ts';
import { planDeploy } from './deploy-plan.ts';
import { captureStack, receiptOf, sendDeploy } from './deploy-send.ts';
import { readStack, stackOf } from './stack.ts';
import {
  DeployCaptured,
  DeployInput,
  DeployOutput,
  DeployReceipt,
  type DeployInput as In,
  type DeployReceipt as Receipt,
} from './stack-input.ts';

export const deployStack = defineEffect({
  name: 'cloudformation.deploy-stack',
  version: 1,
  summary: 'Create or update a stack by a change set, and lose nothing that holds data',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: DeployInput,
  output: DeployOutput,
  captured: DeployCaptured,
  receipt: DeployReceipt,
  binds: ['stack', 'template', 'parameters'],
  checks: [
    'the stack is at rest, or there is none; of a new one beside, that it is this run’s own',
    'the template is one that CloudFormation can read',
    'each parameter is one of the template’s, and none lacks a value; secret ones keep theirs',
    'what the template needs leave for is given',
    'no resource that holds data leaves the template; what would be replaced is read from the change set, and refused',
  ],
  iam: {
    read: [
      'cloudformation:DescribeStacks',
      'cloudformation:DescribeStackEvents',
      'cloudformation:DescribeChangeSet',
      'cloudformation:GetTemplate',
      'cloudformation:GetTemplateSummary',
    ],
    effect: ['cloudformation:DeleteStack', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Deploys the template and the parameters that were there before; a stack that was not there is deleted.',
  },
  defaultTimeout: '1h',
  plan: planDeploy,
  capture: captureStack,
  apply: sendDeploy,
  lookup: (input, { captured }, ctx) =>
    input.remove ? lookupRemoval(input, captured, ctx) : lookupChangeSet(input, captured, ctx),
  unchanged: (input, ctx) => {
    const at = ctx.clock.now().toISOString();
    return { at, stack: stackOf(input, ctx.owner), stack_id: null, change_set: null, changes: [] };
  },
  observe: observeDeploy,
  verify: verifyDeploy,
  restore({ region }, { stack, owner, before }) {
    if (before === null) return { region, stack, remove: { made_by: owner } };
    const { template: body, parameters, capabilities } = before;
    return { region, stack, body, parameters, capabilities };
  },
});

type Looked = Found<Receipt>;

async function lookupChangeSet({ region }: In, captured: DeployCaptured, ctx: KitContext): Promise<Looked> {
  const place = { region, stack: captured.stack };
  const read = await readChangeSet(place, changeSetName(ctx.owner, captured.revision), ctx);
  if (!read.ok) return unknowable(read);
  const set = read.value;
  if (set === undefined || !['empty', 'executing', 'executed', 'failed'].includes(set.state))
    return { happened: false };
  return { happened: true, receipt: receiptOf(place, set, captured.at, captured.before?.id ?? null) };
}

async function lookupRemoval({ region }: In, captured: DeployCaptured, ctx: KitContext): Promise<Looked> {
  const { at, stack, before } = captured;
  const read = await readStack({ region, stack: before?.id ?? stack }, ctx);
  if (!read.ok) return unknowable(read);
  if (read.value !== undefined && !String(read.value.StackStatus).startsWith('DELETE_')) return { happened: false };
  return { happened: true, receipt: { at, stack, stack_id: before?.id ?? null, change_set: null, changes: [] } };
}
