import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { notSeen, unknowable } from '../kit/checks.ts';
import type { KitContext } from '../kit/context.ts';
import { defineEffect } from '../kit/define.ts';
import { effect } from '../kit/effect.ts';
import { instant } from '../kit/fields.ts';
import { pace } from '../kit/pace.ts';
import { need } from '../kit/reading.ts';
import { nameFunction } from './function.ts';
import { type Source, sourceName } from './sources.ts';
import { isGoing, isThere, mappingsOf, planToggle, resumeBy, ToggleInput } from './toggle-plan.ts';

export const toggleEventSource = defineEffect({
  name: 'lambda.toggle-event-source',
  version: 1,
  summary: 'Let a function take from its queues and streams, or not',
  kind: 'converge',
  risk: 'reversible',
  traffic: 'none',
  input: ToggleInput,
  output: z.strictObject({
    sources: z.array(z.string()).describe('Queues and streams, by name.'),
    resume_by: instant
      .nullable()
      .describe(
        'When the first of them begins to throw away what waits in it; null where it goes on, or nobody knows.',
      ),
  }),
  captured: z.strictObject({
    at: instant,
    mappings: z.array(z.strictObject({ id: z.string(), enabled: z.boolean() })),
  }),
  receipt: z.strictObject({ at: instant.describe('Just before the effect: since then nothing is taken.') }),
  binds: ['function', 'sources', 'enabled'],
  checks: ['the function has such an event source', 'none of them is between two states'],
  iam: { read: ['lambda:ListEventSourceMappings'], effect: ['lambda:UpdateEventSourceMapping'] },
  plane: { kind: 'control', region: 'own' },
  undo: { possible: true, how: 'Turns back those that it turned, which go on from where they stopped.' },
  defaultTimeout: '10m',
  plan: planToggle,
  async capture(input, ctx) {
    const found = need(await mappingsOf(input, ctx));
    const mappings = found.map((source) => ({
      id: source.UUID,
      enabled: isThere(source, true) || isGoing(source, true),
    }));
    return { at: ctx.clock.now().toISOString(), mappings };
  },
  async apply(input, { captured }, ctx) {
    const found = need(await mappingsOf(input, ctx));
    const turned = found.filter((source) => !isThere(source, input.enabled) && !isGoing(source, input.enabled));
    for (const source of turned) await turn(input, source, ctx);
    return { at: captured.at };
  },
  async lookup(input, { captured }, ctx) {
    const found = await mappingsOf(input, ctx);
    if (!found.ok) return unknowable(found);
    const sent = found.value.every((source) => isThere(source, input.enabled) || isGoing(source, input.enabled));
    return sent ? { happened: true, receipt: { at: captured.at } } : { happened: false };
  },
  unchanged: (_input, ctx) => ({ at: ctx.clock.now().toISOString() }),
  async observe(input, { at }, ctx) {
    const found = await mappingsOf(input, ctx);
    if (!found.ok && found.fault === 'not-found') return { state: 'failed', why: found.sentence, cause: found.fault };
    if (!found.ok) return notSeen(found, pace.service);
    const waiting = found.value.filter((source) => !isThere(source, input.enabled));
    if (waiting.length > 0) {
      const progress = waiting.map((source) => `${sourceName(source)} ${source.State}`).join(', ');
      return { state: 'working', progress, againInMs: pace.service };
    }
    const gone = input.mappings?.filter((id) => !found.value.some(({ UUID }) => UUID === id)) ?? [];
    if (found.value.length === 0 || gone.length > 0) {
      const which = gone.length > 0 ? `event source ${gone.join(', ')}` : 'such event source';
      return { state: 'failed', why: `The ${nameFunction(input)} has no ${which} any more.` };
    }
    const resume = input.enabled ? null : resumeBy(found.value, new Date(at));
    return { state: 'done', output: { sources: found.value.map(sourceName), resume_by: resume } };
  },
  restore(input, captured) {
    const turned = captured.mappings.filter(({ enabled }) => enabled !== input.enabled).map(({ id }) => id);
    return turned.length === 0 ? null : { ...input, mappings: turned, enabled: !input.enabled };
  },
});

async function turn(input: z.output<typeof ToggleInput>, source: Source, ctx: KitContext): Promise<void> {
  const command = new UpdateEventSourceMappingCommand({ UUID: source.UUID, Enabled: input.enabled });
  const what = `${input.enabled ? 'Enabling' : 'Disabling'} ${sourceName(source)} for the ${nameFunction(input)}`;
  await effect(what, () => ctx.aws.lambda(input.region).send(command));
}
