import type { Stack } from '@aws-sdk/client-cloudformation';
import type { Check } from '../../domain/action.ts';
import { judge, judgeReading, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { isMadeByRun } from '../kit/owner.ts';
import type { Reading } from '../kit/reading.ts';
import { mergeParameters } from './parameters.ts';
import type { Present } from './present.ts';
import type { DeployInput } from './stack-input.ts';
import { isStateful } from './stateful.ts';

/** Template, state, parameters, leave, and what would be lost: all that can be known without a change set. */
export function checksOfDeploy(input: DeployInput, now: Present, ctx: KitContext): Check[] {
  return [checkStack(input, now, ctx), checkTemplate(now), checkParameters(input, now), ...others(input, now)];
}

function others(input: DeployInput, now: Present): Check[] {
  return [checkCapabilities(input, now), checkStateful(now)];
}

function checkStack({ suffix }: DeployInput, { stack: there, template }: Present, ctx: KitContext): Check {
  // What it has now is part of what is approved: unread, it would pass for another template.
  const read: Reading<Stack | undefined> = there.ok && !template.ok ? template : there;
  const expected = suffix === undefined ? 'none, or one at rest' : "none, or this run's own";
  const question: Question = { id: 'stack', title: 'stack can be deployed', expected, carry: 'never' };
  return judgeReading(question, read, (stack) => {
    if (stack === undefined) return { pass: true, found: 'none' };
    const status = String(stack.StackStatus);
    if (suffix !== undefined && !isMadeByRun(stack.Tags, ctx.owner))
      return { pass: false, found: `${stack.StackName}, which this run did not make` };
    return { pass: isAtRest(status), found: `${status}${adviceOn(status)}` };
  });
}

export function isAtRest(status: string): boolean {
  return /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT|IMPORT_ROLLBACK)_COMPLETE$/.test(status);
}

function adviceOn(status: string): string {
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED')
    return ': it was never made, and can only be deleted';
  if (status === 'UPDATE_ROLLBACK_FAILED') return ': continue its rollback by hand first';
  return /_IN_PROGRESS$/.test(status) ? ': wait until it is done' : '';
}

function checkTemplate({ wanted, summary }: Present): Check {
  const question: Question = {
    id: 'template',
    title: 'template is valid',
    expected: 'one that CloudFormation can read',
    carry: 'never',
  };
  if (!wanted.ok && (wanted.fault === 'failed' || wanted.fault === 'not-found'))
    return judge(question, false, wanted.sentence);
  if (!summary.ok && summary.fault === 'refused') return judge(question, false, summary.sentence);
  return judgeReading(question, summary, ({ resources }) => ({ pass: true, found: `${resources.length} resources` }));
}

function checkParameters(input: DeployInput, { summary, stack }: Present): Check {
  const question: Question = {
    id: 'parameters',
    title: 'parameters fit',
    expected: 'those of the template',
    carry: 'never',
  };
  const read = summary.ok && !stack.ok ? stack : summary;
  return judgeReading(question, read, () => {
    if (!summary.ok || !stack.ok) return { pass: false, found: 'not read' };
    const { faults } = mergeParameters(input.parameters, summary.value, stack.value);
    return { pass: faults.length === 0, found: faults.join('; ') || 'they do' };
  });
}

function checkCapabilities({ capabilities }: DeployInput, { summary }: Present): Check {
  const expected = 'what the template needs leave for is given';
  const question: Question = { id: 'capabilities', title: 'capabilities are given', expected, carry: 'never' };
  return judgeReading(question, summary, ({ capabilities: needed }) => {
    const given: readonly string[] = capabilities;
    const lacking = needed.filter(
      (one) => !given.includes(one) && !(one === 'CAPABILITY_IAM' && given.includes('CAPABILITY_NAMED_IAM')),
    );
    return { pass: lacking.length === 0, found: lacking.length > 0 ? `${lacking.join(', ')} is not` : 'they are' };
  });
}

/** A resource that loses its place in the template goes with its data; what would be replaced, only a change set shows. */
function checkStateful({ summary, former }: Present): Check {
  const expected = 'every resource that holds data stays in the template';
  const question: Question = { id: 'stateful', title: 'what holds data stays', expected, carry: 'never' };
  const read = summary.ok ? former : summary;
  return judgeReading(question, read, (before) => {
    const after = summary.ok ? summary.value.resources : [];
    const gone = (before?.resources ?? []).filter(
      ({ id, type }) => isStateful(type) && !after.some((one) => one.id === id && one.type === type),
    );
    return {
      pass: gone.length === 0,
      found: gone.map(({ id, type }) => `${id} (${type}) would go`).join(', ') || 'it does',
    };
  });
}
