import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import type { JsonObject } from '../../domain/json.ts';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { count, instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, type Reading } from '../kit/reading.ts';
import { nameGroup, readGroup } from './group.ts';
import { groupId } from './instance.ts';
import { authorizeRule, revokeRule } from './rule-change.ts';
import { type KnownRule, Rule, readRules, sayRule } from './rules.ts';

const Input = z.strictObject({
  region,
  group: groupId.describe('Security group to take every rule from.'),
  direction: z
    .enum(['inbound', 'outbound', 'both'])
    .default('both')
    .describe('Which rules: without outbound ones nothing behind it can send anything out either.'),
  rules: z.array(Rule).optional().describe('What to leave it instead of nothing, as it was captured.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({ rules: count.describe('Rules that it has now, of the direction asked for.') });
const Captured = z.strictObject({ at: instant, rules: z.array(Rule) });

export const lockDownGroup = defineEffect({
  name: 'ec2.lock-down-group',
  version: 1,
  summary: 'Take every rule from a security group, so that it lets nothing through',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: z.strictObject({ at: instant }),
  binds: ['group', 'rules'],
  checks: ['the group is there, and its rules are known'],
  iam: {
    read: ['ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'],
    effect: [
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    asCaller: ['ec2:CreateTags'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Authorizes again every rule that was there, with its description and tags; each gets a new id. Rules that were added since are revoked.',
  },
  defaultTimeout: '10m',
  plan,
  async capture(input, ctx) {
    need(await readGroup(input, ctx));
    const rules = need(await readMine(input, ctx));
    return { at: ctx.clock.now().toISOString(), rules: rules.map(({ id, ...rule }) => rule) };
  },
  async apply(input, _sent, ctx) {
    const at = ctx.clock.now().toISOString();
    const now = need(await readMine(input, ctx));
    for (const rule of surplus(input, now)) await revokeRule(input, rule, ctx);
    for (const rule of missing(input, now)) await authorizeRule(input, rule, ctx);
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const [group, now] = await Promise.all([readGroup(input, ctx), readMine(input, ctx)]);
    if (!group.ok) return unknowable(group);
    if (!now.ok) return unknowable(now);
    return isSo(input, now.value) ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const [group, now] = await Promise.all([readGroup(input, ctx), readMine(input, ctx)]);
    if (!group.ok && group.fault === 'not-found') return { state: 'failed', why: group.sentence, cause: group.fault };
    if (!group.ok) return notSeen(group, pace.service);
    if (!now.ok) return notSeen(now, pace.service);
    if (isSo(input, now.value)) return { state: 'done', output: { rules: now.value.length } };
    const open = [...surplus(input, now.value).map(say('still')), ...missing(input, now.value).map(say('not yet'))];
    return { state: 'working', progress: `${nameGroup(input)}: ${open.join(', ')}`, againInMs: pace.service };
  },
  restore: ({ region: home, group, direction }, { rules }) => ({ region: home, group, direction, rules }),
});

async function plan(input: In, ctx: KitContext): Promise<ActionPlan> {
  const [group, now] = await Promise.all([readGroup(input, ctx), readMine(input, ctx)]);
  const known = group.ok && now.ok;
  return {
    target: { region: input.region, resource: `ec2:${input.group}` },
    before: { group: input.group, ...(known ? { rules: now.value.map(sayRule) } : {}) },
    after: { group: input.group, rules: (input.rules ?? []).map(sayRule).sort(), ...stays(input) },
    noChange: known && isSo(input, now.value),
    checks: [
      judgeReading(question('group', 'group is there'), group, ({ vpc }) => ({ pass: true, found: `in ${vpc}` })),
      checkRules(now),
    ],
    estimateMs: usual.seconds,
  };
}

function question(id: string, title: string): Question {
  return { id, title, expected: 'an answer', carry: 'never' };
}

function checkRules(read: Reading<KnownRule[]>): Check {
  return judgeReading(question('rules', 'rules are known'), read, (rules) => ({
    pass: true,
    found: `${rules.length} rules`,
  }));
}

function stays({ rules }: In): JsonObject {
  if (rules !== undefined) return {};
  return { open_connections: 'tracked ones stay until they end: taking rules away does not cut them' };
}

/** The rules of the direction that the input speaks of. */
async function readMine(input: In, ctx: KitContext): Promise<Reading<KnownRule[]>> {
  const read = await readRules(input, ctx);
  if (!read.ok || input.direction === 'both') return read;
  return { ok: true, value: read.value.filter(({ direction }) => direction === input.direction) };
}

function isSo(input: In, now: readonly KnownRule[]): boolean {
  return surplus(input, now).length === 0 && missing(input, now).length === 0;
}

function surplus({ rules = [] }: In, now: readonly KnownRule[]): KnownRule[] {
  const kept = new Set(rules.map(sayRule));
  return now.filter((rule) => !kept.has(sayRule(rule)));
}

function missing({ rules = [] }: In, now: readonly KnownRule[]): Rule[] {
  const there = new Set(now.map(sayRule));
  return rules.filter((rule) => !there.has(sayRule(rule)));
}

function say(word: string): (rule: Rule) => string {
  return (rule) => `${word} ${sayRule(rule)}`;
}
