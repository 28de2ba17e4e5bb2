import { z } from 'zod';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import { defineEffect } from '../kit/define.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { readInstance } from './instance.ts';
import { isolate, release } from './isolate-change.ts';
import { IsolateCaptured, IsolateInput, IsolateOutput, isSameStanding, wantedStanding } from './isolate-input.ts';
import { planIsolation } from './isolate-plan.ts';
import { readStanding } from './standing.ts';

export const isolateInstance = defineEffect({
  name: 'ec2.isolate-instance',
  version: 1,
  summary: 'Cut an instance off: no traffic, no credentials, no termination',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: IsolateInput,
  output: IsolateOutput,
  captured: IsolateCaptured,
  receipt: z.strictObject({ at: instant }),
  binds: ['interfaces', 'termination_protection', 'profile'],
  checks: [
    'the instance is there',
    'its termination protection and its instance profile are known',
    'the containment group has no rule, and is in its VPC',
    'the untracking group, where one is given, allows all both ways, and is in its VPC',
    'no Auto Scaling group would replace it, or a person gives a reason',
  ],
  iam: {
    read: [
      'ec2:DescribeInstances',
      'ec2:DescribeInstanceAttribute',
      'ec2:DescribeIamInstanceProfileAssociations',
      'ec2:DescribeSecurityGroups',
    ],
    effect: [
      'ec2:ModifyInstanceAttribute',
      'ec2:AssociateIamInstanceProfile',
      'ec2:DisassociateIamInstanceProfile',
      'ec2:ModifyNetworkInterfaceAttribute',
    ],
    asCaller: ['iam:PassRole'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    how: 'Gives every network interface its security groups back, the instance its profile, and termination protection as it was. Connections that were cut stay cut.',
  },
  defaultTimeout: '10m',
  plan: planIsolation,
  async capture(input, ctx) {
    const at = ctx.clock.now().toISOString();
    return { at, ...need(await readStanding(input, 'heading', ctx)) };
  },
  async apply(input, { captured }, ctx) {
    const at = ctx.clock.now().toISOString();
    await (input.release ? release(input, captured, ctx) : isolate(input, captured, ctx));
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const now = await readStanding(input, 'heading', ctx);
    if (!now.ok) return unknowable(now);
    const so = isSameStanding(now.value, wantedStanding(input, captured));
    return so ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const now = await readStanding(input, 'settled', ctx);
    if (!now.ok && now.fault === 'not-found') return { state: 'failed', why: now.sentence, cause: now.fault };
    if (!now.ok) return notSeen(now, pace.service);
    const { interfaces, termination_protection: kept, profile } = now.value;
    if (isSameStanding(now.value, wantedStanding(input, now.value))) {
      return { state: 'done', output: { interfaces, profile } };
    }
    const groups = interfaces.map((one) => `${one.id} in ${one.groups.join(' and ')}`).join(', ');
    const progress = `${groups}; profile ${profile ?? 'none'}; termination protection ${kept ? 'on' : 'off'}`;
    return { state: 'working', progress, againInMs: pace.service };
  },
  async verify(input, { interfaces }, ctx) {
    const expected = 'as it was seen';
    const question: Question = { id: 'groups', title: 'security groups stay', expected, carry: 'never' };
    const read = await readInstance(input, ctx);
    return [
      judgeReading(question, read, (now) => ({
        pass: JSON.stringify(now.interfaces) === JSON.stringify(interfaces),
        found: now.interfaces.map(({ id, groups }) => `${id} in ${groups.join(' and ')}`).join(', '),
      })),
    ];
  },
  restore: (input, { interfaces, termination_protection, profile }) => ({
    region: input.region,
    instance: input.instance,
    containment_group: input.containment_group,
    release: { interfaces, termination_protection, profile },
  }),
});
