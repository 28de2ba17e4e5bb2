import type { ActionPlan, Check } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { usual } from '../kit/pace.ts';
import type { Reading } from '../kit/reading.ts';
import { checkContains, checkUntracks, readGroup } from './group.ts';
import { type Ec2Instance, isGone, readInstance } from './instance.ts';
import { type IsolateInput, isSameStanding, type Standing, wantedStanding } from './isolate-input.ts';
import { readStanding } from './standing.ts';

export async function planIsolation(input: IsolateInput, ctx: KitContext): Promise<ActionPlan> {
  const [instance, standing, groups] = await Promise.all([
    readInstance(input, ctx),
    readStanding(input, 'settled', ctx),
    input.release ? [] : checkGroups(input, ctx),
  ]);
  const wanted = standing.ok ? wantedStanding(input, standing.value) : undefined;
  return {
    target: { region: input.region, resource: `ec2:${input.instance}` },
    before: standing.ok ? shown(standing.value) : {},
    after: wanted ? { ...shown(wanted), ...(input.release ? {} : stays(input)) } : {},
    noChange: standing.ok && wanted !== undefined && isSameStanding(standing.value, wanted),
    checks: [
      checkThere(instance),
      checkStanding(standing),
      ...groups,
      ...(input.release ? [] : checkScaling(instance)),
    ],
    estimateMs: usual.minute,
  };
}

async function checkGroups(input: IsolateInput, ctx: KitContext): Promise<Check[]> {
  const { region, containment_group: contain, untrack_group: untrack } = input;
  const [instance, empty, open] = await Promise.all([
    readInstance(input, ctx),
    readGroup({ region, group: contain }, ctx),
    untrack === undefined ? null : readGroup({ region, group: untrack }, ctx),
  ]);
  return [checkContains(empty, instance), ...(open === null ? [] : [checkUntracks(open, instance)])];
}

function shown(standing: Standing): JsonObject {
  return {
    interfaces: Object.fromEntries(standing.interfaces.map(({ id, groups }) => [id, [...groups].sort().join(', ')])),
    termination_protection: standing.termination_protection,
    profile: standing.profile,
  };
}

/** What taking its groups and its profile away does not reach. */
function stays({ untrack_group: untrack }: IsolateInput): JsonObject {
  return {
    open_connections:
      untrack === undefined
        ? 'tracked ones stay until they end: a change of groups does not cut them'
        : `put on ${untrack} for a moment, which leaves them untracked and then cut; ones that were tracked may last`,
    credentials: 'those it already holds work until they expire: revoke its role with iam.revoke-sessions',
  };
}

function checkThere(read: Reading<Ec2Instance>): Check {
  const question: Question = { id: 'instance', title: 'instance is there', expected: 'not terminated', carry: 'never' };
  return judgeReading(question, read, (instance) => ({ pass: !isGone(instance), found: instance.state }));
}

/** Without it nothing could be given back. */
function checkStanding(read: Reading<Standing>): Check {
  const question: Question = {
    id: 'standing',
    title: 'termination protection and profile are known',
    expected: 'both',
    carry: 'never',
  };
  return judgeReading(question, read, ({ profile }) => ({ pass: true, found: `profile ${profile ?? 'none'}` }));
}

/** An Auto Scaling group heeds no termination protection of EC2's: what fails its health check, it replaces. */
function checkScaling(read: Reading<Ec2Instance>): Check[] {
  if (!read.ok) return [];
  const question: Question = {
    id: 'scaling',
    title: 'nothing replaces it',
    expected: 'no Auto Scaling group, or the instance detached from it or in standby',
    carry: 'with-reason',
  };
  const { scaledBy } = read.value;
  if (scaledBy === undefined) return [judge(question, true, 'no Auto Scaling group')];
  return [notKnown(question, `it belongs to ${scaledBy}, which may end it as soon as it looks unhealthy`)];
}
