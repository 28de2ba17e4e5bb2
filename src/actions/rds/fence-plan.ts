import type { DBInstance } from '@aws-sdk/client-rds';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { readGroup } from '../ec2/group.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import { isSilent, type Reading } from '../kit/reading.ts';
import { type FenceInput, fencedBy, groupIds, hasGroups, sortIds } from './fence-input.ts';
import { readInstance, statusOf } from './instance.ts';

export async function planFence(input: FenceInput, ctx: KitContext): Promise<ActionPlan> {
  const [instance, groups] = await Promise.all([readInstance(input, ctx), readGroups(input, ctx)]);
  return {
    target: { region: input.region, resource: `rds:${input.instance}` },
    before: instance.ok ? stateBefore(instance.value) : {},
    after: { security_groups: sortIds(input.security_groups), connections: input.lift ? 'let in' : 'cut by a reboot' },
    noChange: instance.ok && isSo(input, instance.value),
    checks: await checksOf(input, instance, groups, ctx),
    estimateMs: usual.minutes,
  };
}

function isSo(input: FenceInput, instance: DBInstance): boolean {
  const settled = hasGroups(instance, input.security_groups) && statusOf(instance) === 'available';
  return settled && (input.lift === true || fencedBy(instance) !== undefined);
}

function stateBefore(instance: DBInstance) {
  const by = fencedBy(instance);
  return {
    security_groups: sortIds(groupIds(instance)),
    status: statusOf(instance),
    ...(by === undefined ? {} : { fenced_by: by }),
  };
}

export interface Group {
  id: string;
  vpc: string;
  inbound: number;
}

export async function readGroups(input: FenceInput, ctx: KitContext): Promise<Reading<Group[]>> {
  const found: Group[] = [];
  for (const id of sortIds(input.security_groups)) {
    const read = await readGroup({ region: input.region, group: id }, ctx);
    if (!read.ok) return read;
    found.push({ id, vpc: read.value.vpc, inbound: read.value.inbound.length });
  }
  return { ok: true, value: found };
}

/** A Region that gives no answer cannot be fenced now, which an ungraceful run may accept: its fence is deferred. */
async function checksOf(
  input: FenceInput,
  instance: Reading<DBInstance>,
  groups: Reading<Group[]>,
  ctx: KitContext,
): Promise<Check[]> {
  const reachable: Question = {
    id: 'reachable',
    title: 'database answers',
    expected: 'an answer',
    carry: !input.lift && isSilent(instance) ? 'ungraceful' : 'never',
  };
  if (!instance.ok) return [judgeReading(reachable, instance, () => ({ pass: false, found: '' }))];
  const ready: Question = {
    id: 'available',
    title: 'can be changed now',
    expected: 'status available',
    carry: 'never',
  };
  const status = statusOf(instance.value);
  return [
    judge(reachable, true, 'it answered'),
    judge(ready, status === 'available', `status ${status}`),
    ...(input.lift ? [] : [checkClosed(groups)]),
    await checkVpc(input, instance.value, groups, ctx),
  ];
}

/** A group only allows: one that is to let nobody in has no inbound rule at all. */
export function checkClosed(groups: Reading<Group[]>): Check {
  const question: Question = {
    id: 'closed',
    title: 'the groups let nobody in',
    expected: 'groups without an inbound rule',
    carry: 'with-reason',
  };
  return judgeReading(question, groups, (found) => ({
    pass: found.every(({ inbound }) => inbound === 0),
    found: found.map(({ id, inbound }) => `${id} with ${inbound} inbound rules`).join(', '),
  }));
}

async function checkVpc(
  { region }: FenceInput,
  instance: DBInstance,
  groups: Reading<Group[]>,
  ctx: KitContext,
): Promise<Check> {
  const [present] = groupIds(instance);
  const question: Question = {
    id: 'vpc',
    title: 'groups of its VPC',
    expected: "the database's own VPC",
    carry: 'with-reason',
  };
  if (!groups.ok) return notKnown(question, groups.sentence, groups.fault);
  if (present === undefined) return notKnown(question, 'it has no security group to compare with');
  const own = await readGroup({ region, group: present }, ctx);
  return judgeReading(question, own, ({ vpc }) => ({
    pass: groups.value.every((group) => group.vpc === vpc),
    found: groups.value.map((group) => `${group.id} in ${group.vpc}`).join(', '),
  }));
}
