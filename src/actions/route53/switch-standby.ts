import { z } from 'zod';
import type { ActionPlan } from '../../domain/action.ts';
import { Refusal } from '../../domain/errors.ts';
import { judgeReading, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { hostName, instant, label, region } from '../kit/fields.ts';
import { usual } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { leadsTo, listed, observeAnswers, readAddresses, readTarget } from './dns.ts';
import { nameSwitch, readBucket, readSwitch, setSwitch } from './switch-object.ts';

const addresses = z.array(z.union([z.ipv4(), z.ipv6()])).min(1, 'expected at least one address');

const Input = z.strictObject({
  region: region.describe('Region of the bucket: the one that survives.'),
  bucket: label.describe('Bucket of the object that the health check watches.'),
  key: label.describe('Key of that object.'),
  present: z
    .boolean()
    .describe('Whether the object is to be there: with an inverted health check, there means standby.'),
  name: hostName.describe('The name that people use.'),
  target: z
    .union([hostName, addresses], 'expected a DNS name or a list of addresses')
    .describe('Where that name must lead: a DNS name, or addresses.'),
  to: region.describe('Region that is active once the name leads there.'),
});
type In = z.output<typeof Input>;

const Output = z.strictObject({
  region: region.describe('Region that is active now.'),
  answered: z.array(z.string()).describe("Addresses that the name's own servers answered."),
});

const Captured = z.strictObject({ at: instant, present: z.boolean(), answered: z.array(z.string()), active: region });
const Receipt = z.strictObject({ at: instant, present: z.boolean() });

export const switchStandby = defineEffect({
  name: 'route53.switch-standby',
  version: 1,
  summary: 'Send traffic to the other Region by the object that its health check watches',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'latching',
  input: Input,
  output: Output,
  captured: Captured,
  receipt: Receipt,
  binds: ['object', 'present', 'name', 'to'],
  checks: ['the bucket answers', 'the switch can be read', 'the name resolves', 'the target resolves'],
  iam: { read: ['s3:ListBucket', 's3:GetObject'], effect: ['s3:PutObject', 's3:DeleteObject'] },
  plane: { kind: 'data' },
  undo: { possible: true, how: 'Puts the object back as it was, and waits until the name leads where it led before.' },
  defaultTimeout: '10m',
  plan: planSwitch,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    const [object, answered] = await Promise.all([readSwitch(input, ctx), readAddresses(input.name, ctx)]);
    return {
      at,
      present: need(object).present,
      answered: answered.ok ? answered.value : [],
      active: ctx.regions.active,
    };
  },
  async apply(input, { token }, ctx) {
    const at = ctx.clock.now().toISOString();
    await setSwitch(input, input.present, token, ctx);
    return { at, present: input.present };
  },
  async lookup(input, { token, captured }, ctx) {
    const object = await readSwitch(input, ctx);
    if (!object.ok) return unknowable(object);
    const ours = input.present ? object.value.token === token : captured.present && !object.value.present;
    return ours ? { happened: true, receipt: { at: captured.at, present: input.present } } : { happened: false };
  },
  unchanged: ({ present }, ctx) => ({ at: ctx.clock.now().toISOString(), present }),
  async observe(input, _receipt, ctx) {
    const seen = await observeAnswers(input.name, input.target, ctx);
    return seen.state === 'done' ? { state: 'done', output: { region: input.to, answered: seen.output } } : seen;
  },
  async verify(input, _output, ctx) {
    const question: Question = {
      id: 'object',
      title: 'object is as asked',
      expected: wording(input.present),
      carry: 'never',
    };
    const object = await readSwitch(input, ctx);
    return [
      judgeReading(question, object, ({ present }) => ({ pass: present === input.present, found: wording(present) })),
    ];
  },
  restore: (input, captured) => {
    if (captured.present === input.present) return null;
    if (captured.answered.length === 0) throw unknownReturn(input);
    return { ...input, present: captured.present, target: captured.answered, to: captured.active };
  },
});

async function planSwitch(input: In, ctx: KitContext): Promise<ActionPlan> {
  const [bucket, object, answered, wanted] = await Promise.all([
    readBucket(input, ctx),
    readSwitch(input, ctx),
    readAddresses(input.name, ctx),
    readTarget(input.target, ctx),
  ]);
  const { name, to } = input;
  const place = nameSwitch(input);
  const there = object.ok ? object.value.present : null;
  return {
    target: { region: input.region, resource: `s3:${input.bucket}/${input.key}` },
    before: { object: place, name, present: there, answered: answered.ok ? answered.value : null },
    after: { object: place, name, to, present: input.present, answered: wanted.ok ? wanted.value : null },
    noChange: there === input.present && answered.ok && wanted.ok && leadsTo(answered.value, wanted.value),
    checks: [
      judgeReading({ ...answers, id: 'bucket', title: 'bucket answers', carry: 'never' }, bucket, () =>
        pass('it answered'),
      ),
      judgeReading({ ...answers, id: 'object', title: 'switch can be read', carry: 'never' }, object, ({ present }) =>
        pass(wording(present)),
      ),
      judgeReading({ ...resolves, id: 'name', title: `${name} resolves` }, answered, found),
      judgeReading({ ...resolves, id: 'target', title: 'target resolves' }, wanted, found),
    ],
    estimateMs: 2 * usual.minute,
  };
}

function unknownReturn(input: In): Refusal {
  return new Refusal(
    `The ${nameSwitch(input)} cannot be put back by itself: where ${input.name} led before could not be read. ` +
      `Use route53.switch-standby with the target that you want.`,
  );
}

const answers = { expected: 'an answer' } as const;
const resolves = { expected: 'at least one address', carry: 'with-reason' } as const;

function pass(text: string): { pass: boolean; found: string } {
  return { pass: true, found: text };
}

function found(addressesNow: string[]): { pass: boolean; found: string } {
  return { pass: addressesNow.length > 0, found: listed(addressesNow) };
}

function wording(present: boolean): string {
  return present ? 'object is there' : 'object is not there';
}
