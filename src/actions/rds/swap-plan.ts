import type { DBInstance } from '@aws-sdk/client-rds';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judge, judgeReading, notKnown, type Question } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { renamedFromTag, tagValue } from '../kit/owner.ts';
import { usual } from '../kit/pace.ts';
import { orAbsent, type Reading } from '../kit/reading.ts';
import { readInstance, sourceOf, statusOf } from './instance.ts';
import { longest, shownName } from './made.ts';
import { groupsOf } from './restore-settings.ts';
import { asideOf, type SwapInput } from './swap-input.ts';

/** Who has which name now; undefined where nobody has it. */
export interface Holders {
  name: Reading<DBInstance | undefined>;
  replacement: Reading<DBInstance | undefined>;
  aside: Reading<DBInstance | undefined>;
}

export async function readHolders(input: SwapInput, ctx: KitContext): Promise<Holders> {
  const { region } = input;
  const read = async (instance: string) => orAbsent(await readInstance({ region, instance }, ctx));
  const [name, replacement, aside] = await Promise.all([
    read(input.instance),
    read(input.replacement),
    read(asideOf(input, ctx)),
  ]);
  return { name, replacement, aside };
}

export async function planSwap(input: SwapInput, ctx: KitContext): Promise<ActionPlan> {
  const holders = await readHolders(input, ctx);
  const noChange = isSwapped(input, holders);
  return {
    target: { region: input.region, resource: `rds:${input.instance}` },
    before: stateBefore(input, holders),
    after: {
      instance: input.instance,
      held_by: input.replacement,
      aside: input.aside ?? shownName(input, ctx, longest.instance),
    },
    noChange,
    checks: noChange ? [] : checksOf(input, holders),
    estimateMs: 2 * usual.minutes,
  };
}

/** Names alone would not tell a swap from a wrong word: both instances bear what they were called before. */
function isSwapped(input: SwapInput, { name, replacement, aside }: Holders): boolean {
  const cameFrom = (read: Reading<DBInstance | undefined>): string | undefined =>
    read.ok ? tagValue(read.value?.TagList, renamedFromTag) : undefined;
  const left = replacement.ok && replacement.value === undefined;
  return left && cameFrom(name) === input.replacement && cameFrom(aside) === input.instance;
}

/** Its replicas stay with the old instance, whatever it is called: the new one has none. */
function stateBefore(input: SwapInput, { name, replacement }: Holders) {
  const held = name.ok ? name.value : undefined;
  return {
    instance: input.instance,
    held_by: held ? (held.DbiResourceId ?? null) : null,
    status: held ? statusOf(held) : null,
    replicas: held?.ReadReplicaDBInstanceIdentifiers ?? [],
    replacement: replacement.ok && replacement.value ? statusOf(replacement.value) : null,
  };
}

function checksOf(input: SwapInput, { name, replacement, aside }: Holders): Check[] {
  return [
    checkOld(input, name, aside),
    checkReplacement(input, replacement),
    checkFree(input, name, aside),
    checkGroups(input, name, replacement),
  ];
}

/** Once the old instance is aside, its name is free or still being given up. */
function checkOld(
  input: SwapInput,
  name: Reading<DBInstance | undefined>,
  aside: Reading<DBInstance | undefined>,
): Check {
  const question: Question = {
    id: 'instance',
    title: 'old instance can be renamed',
    expected: 'status available',
    carry: 'never',
  };
  const isAside = aside.ok && aside.value !== undefined;
  return judgeReading(question, name, (held) => {
    if (held === undefined) return { pass: isAside, found: isAside ? 'aside already' : `no ${input.instance}` };
    return { pass: statusOf(held) === 'available', found: `status ${statusOf(held)}` };
  });
}

function checkReplacement(input: SwapInput, read: Reading<DBInstance | undefined>): Check {
  const question: Question = {
    id: 'replacement',
    title: 'replacement can take the name',
    expected: 'an available instance that stands alone',
    carry: 'never',
  };
  return judgeReading(question, read, (found) => {
    if (found === undefined) return { pass: false, found: `no ${input.replacement}` };
    const alone = sourceOf(found) === null;
    return {
      pass: alone && statusOf(found) === 'available',
      found: `${statusOf(found)}, ${alone ? 'alone' : 'a replica'}`,
    };
  });
}

function checkFree(
  input: SwapInput,
  name: Reading<DBInstance | undefined>,
  aside: Reading<DBInstance | undefined>,
): Check {
  const question: Question = {
    id: 'aside',
    title: 'name to go aside to is free',
    expected: 'no such instance',
    carry: 'never',
  };
  const there = name.ok && name.value !== undefined;
  return judgeReading(question, aside, (found) => ({
    pass: found === undefined || !there,
    found: found === undefined ? 'none' : `${found.DBInstanceIdentifier ?? input.instance}, ${statusOf(found)}`,
  }));
}

/** A restore has the Region's default group unless it was told otherwise: then the application cannot connect. */
function checkGroups(
  { security_groups: wanted }: SwapInput,
  name: Reading<DBInstance | undefined>,
  replacement: Reading<DBInstance | undefined>,
): Check {
  const expected = wanted ? wanted.join(', ') : 'the security groups of the old instance';
  const question: Question = { id: 'groups', title: 'who gets in stays the same', expected, carry: 'with-reason' };
  if (!name.ok) return notKnown(question, name.sentence, name.fault);
  if (!replacement.ok) return notKnown(question, replacement.sentence, replacement.fault);
  if (!name.value || !replacement.value) return judge(question, true, 'no two instances to compare');
  const groups = (of: DBInstance): string =>
    groupsOf(of)
      .map(({ id }) => id)
      .join(', ') || 'none';
  const has = groups(replacement.value);
  if (wanted) return judge(question, has === wanted.toSorted((a, b) => a.localeCompare(b)).join(', '), has);
  const had = groups(name.value);
  return had === has
    ? judge(question, true, has)
    : notKnown(question, `${has} instead of ${had}: who gets in then is not known`);
}
