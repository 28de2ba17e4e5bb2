import { z } from 'zod';
import type { ActionPlan, Check } from '../../domain/action.ts';
import { judgeReading, notSeen, type Question, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect, type Observed } from '../kit/define.ts';
import { instant, region } from '../kit/fields.ts';
import { pace, usual } from '../kit/pace.ts';
import { need, type Reading } from '../kit/reading.ts';
import { type EvidenceSnapshot, readEvidence, takeEvidence, uncovered } from './evidence.ts';
import { type Ec2Instance, instanceId, isGone, nameInstance, readInstance } from './instance.ts';

const Input = z.strictObject({ region, instance: instanceId });
type In = z.output<typeof Input>;

const Output = z.strictObject({
  snapshots: z
    .array(z.strictObject({ id: z.string().describe('Snapshot id.'), volume: z.string().describe('Its volume.') }))
    .describe('What was kept of the instance, a snapshot for each volume.'),
});

export const snapshotEvidence = defineEffect({
  name: 'ec2.snapshot-evidence',
  version: 1,
  summary: "Keep an instance's volumes as evidence, all of one moment",
  kind: 'once',
  risk: 'reversible',
  traffic: 'none',
  input: Input,
  output: Output,
  captured: z.strictObject({ at: instant, volumes: z.array(z.string()) }),
  receipt: z.strictObject({ at: instant }),
  binds: ['instance', 'volumes'],
  checks: ['the instance is there, with at least one volume'],
  iam: {
    read: ['ec2:DescribeInstances', 'ec2:DescribeSnapshots'],
    effect: ['ec2:CreateSnapshots'],
    asCaller: ['ec2:CreateTags'],
  },
  plane: { kind: 'control', region: 'own' },
  undo: {
    possible: true,
    keeps: true,
    how: 'Puts nothing back: it only adds snapshots, and evidence is kept. Delete them by hand once the inquiry is over.',
  },
  defaultTimeout: '1h',
  plan,
  async capture(input, ctx) {
    const { volumes } = need(await readInstance(input, ctx));
    return { at: ctx.clock.now().toISOString(), volumes };
  },
  async apply(input, _sent, ctx) {
    const at = ctx.clock.now().toISOString();
    await takeEvidence(input, ctx);
    return { at };
  },
  async lookup(input, { captured }, ctx) {
    const first = await readEvidence(input, ctx);
    if (!first.ok) return unknowable(first);
    // EC2 shows a new snapshot a moment late.
    if (first.value.length === 0) await ctx.clock.sleep(pace.confirm, ctx.signal);
    const taken = first.value.length > 0 ? first : await readEvidence(input, ctx);
    if (!taken.ok) return unknowable(taken);
    return taken.value.length > 0 ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, _receipt, ctx) {
    const taken = await readEvidence(input, ctx);
    return taken.ok ? seenIn(input, taken.value) : notSeen(taken, pace.database);
  },
  async verify(input, { snapshots }, ctx) {
    const expected = 'a snapshot of each';
    const question: Question = { id: 'volumes', title: 'every volume is kept', expected, carry: 'with-reason' };
    const kept = snapshots.map(({ volume }) => volume);
    return [
      judgeReading(question, await readInstance(input, ctx), ({ volumes }) => {
        const missing = volumes.filter((volume) => !kept.includes(volume));
        return {
          pass: missing.length === 0,
          found: missing.length === 0 ? 'all of them' : `none of ${missing.join(', ')}`,
        };
      }),
    ];
  },
  restore: () => null,
});

async function plan(input: In, ctx: KitContext): Promise<ActionPlan> {
  const [instance, taken] = await Promise.all([readInstance(input, ctx), readEvidence(input, ctx)]);
  const volumes = instance.ok ? instance.value.volumes : [];
  const kept = taken.ok ? taken.value.map(({ id }) => id) : [];
  return {
    target: { region: input.region, resource: `ec2:${input.instance}` },
    before: { instance: input.instance, volumes, snapshots: kept },
    after: { instance: input.instance, volumes, kept: 'volumes; neither memory nor instance-store disks' },
    noChange: volumes.length > 0 && kept.length > 0 && taken.ok && uncovered(volumes, taken.value).length === 0,
    checks: [checkInstance(instance)],
    estimateMs: usual.minutes,
  };
}

function checkInstance(read: Reading<Ec2Instance>): Check {
  const question: Question = {
    id: 'instance',
    title: 'instance has volumes',
    expected: 'an instance with at least one volume',
    carry: 'never',
  };
  return judgeReading(question, read, (instance) => ({
    pass: !isGone(instance) && instance.volumes.length > 0,
    found: `${instance.state}, ${instance.volumes.length} volumes`,
  }));
}

function seenIn(input: In, taken: readonly EvidenceSnapshot[]): Observed<z.output<typeof Output>> {
  const broken = taken.find(({ state }) => state === 'error');
  if (broken) return { state: 'failed', why: `Snapshot ${broken.id} of ${broken.volume} failed: ${broken.why}.` };
  if (taken.length === 0) {
    const why = `No snapshot of ${nameInstance(input)} shows yet.`;
    return { state: 'unknown', why, againInMs: pace.database };
  }
  const open = taken.filter(({ state }) => state !== 'completed');
  if (open.length === 0) {
    return { state: 'done', output: { snapshots: taken.map(({ id, volume }) => ({ id, volume })) } };
  }
  const progress = open.map(({ volume, state, progress: share }) => `${volume} ${state} ${share}`.trim()).join(', ');
  return { state: 'working', progress, againInMs: pace.database };
}
