import type { Stack } from '@aws-sdk/client-cloudformation';
import type { ActionPlan } from '../../domain/action.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import { checksOfDeploy, isAtRest } from './deploy-checks.ts';
import { isSame, mergeParameters, shownParameters } from './parameters.ts';
import { type Present, readPresent, shortDigest } from './present.ts';
import { planRemoval } from './removal.ts';
import { stackOf } from './stack.ts';
import type { DeployInput } from './stack-input.ts';

/** The difference between templates and parameters: a change set, which shows more, is an effect already. */
export async function planDeploy(input: DeployInput, ctx: KitContext): Promise<ActionPlan> {
  const { region } = input;
  const place = { region, stack: stackOf(input, ctx.owner) };
  if (input.remove) return planRemoval(place, input.remove.made_by, ctx);
  const now = await readPresent(input, place, ctx);
  const { before, after } = sides(input, now);
  const name = input.suffix === undefined ? input.stack : `${input.stack}-${input.suffix}`;
  return {
    target: { region, resource: `cloudformation:${name}` },
    before: { stack: name, ...before },
    after: { stack: name, ...after },
    noChange: isSo(now, input),
    checks: checksOfDeploy(input, now, ctx),
    estimateMs: 2 * usual.minutes,
  };
}

function sides(input: DeployInput, { stack, template, wanted, summary, former }: Present) {
  const there = stack.ok ? stack.value : undefined;
  const before = {
    status: stack.ok ? standing(there) : null,
    template: template.ok && template.value !== undefined ? shortDigest(template.value) : null,
    parameters: there && former.ok && former.value ? shownParameters(there, former.value) : {},
  };
  const merged = summary.ok && stack.ok ? mergeParameters(input.parameters, summary.value, there) : null;
  const resources = summary.ok && former.ok ? changesOf(former.value?.resources ?? [], summary.value.resources) : [];
  const after = {
    status: 'at rest',
    template: wanted.ok ? shortDigest(wanted.value) : null,
    parameters: merged?.after ?? {},
    resources,
  };
  return { before, after };
}

function standing(stack: Stack | undefined): string {
  const status = stack?.StackStatus ?? 'absent';
  return isAtRest(status) ? 'at rest' : status;
}

type Listed = readonly { id: string; type: string }[];

function changesOf(before: Listed, after: Listed): string[] {
  const lacks = (list: Listed) => (one: Listed[number]) =>
    !list.some(({ id, type }) => id === one.id && type === one.type);
  const say = (what: string) => (one: Listed[number]) => `${what} ${one.id} (${one.type})`;
  return [...after.filter(lacks(before)).map(say('Add')), ...before.filter(lacks(after)).map(say('Remove'))].sort();
}

function isSo({ stack, template, wanted, summary, former }: Present, input: DeployInput): boolean {
  if (!stack.ok || !template.ok || !wanted.ok || !summary.ok || !former.ok) return false;
  if (stack.value === undefined || former.value === undefined || !isAtRest(String(stack.value.StackStatus)))
    return false;
  const { after, faults } = mergeParameters(input.parameters, summary.value, stack.value);
  const same = isSame(after, shownParameters(stack.value, former.value));
  return faults.length === 0 && template.value === wanted.value && same;
}
