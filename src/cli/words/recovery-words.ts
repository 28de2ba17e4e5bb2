import { z } from 'zod';
import type { Person } from '../../domain/person.ts';
import type { Incidents } from '../../incidents/incidents.ts';
import type { Recovery } from '../../recovery/recovery.ts';
import { defineWord, type Word } from './define-word.ts';
import { findIncident, findRun, IncidentChoice } from './find.ts';
import { findPlace, PlanArgs } from './find-place.ts';

const words = z.string().min(1).max(1000);
const incident = IncidentChoice;
const id = z.string().min(1).max(100);
const steer = z.strictObject({ incident, run: id.optional(), reason: words.optional() });

/** Planning, consent and steering, as the terminal asks for them. */
export function createRecoveryWords(recovery: Recovery, incidents: Incidents): Record<string, Word> {
  const choose = async (ask: { incident?: number | undefined; run?: string | undefined }): Promise<string> =>
    ask.run ?? (await findRun(recovery, await findIncident(incidents, ask.incident), undefined));
  /** What a run was told is written down as it was typed; what comes of it follows from the run. */
  const typed = async (runId: string, words: readonly (string | undefined)[], by: Person): Promise<void> => {
    const { incidentId } = (await recovery.readRun(runId)).run;
    const text = ['muster', ...words.filter((word) => word !== undefined && word !== '')].join(' ');
    await incidents.timeline.command({ incidentId, text }, by);
  };
  const steering = (does: 'pause' | 'resume' | 'abort'): Word =>
    defineWord(steer, async (ask, by) => {
      const runId = await choose(ask);
      const said = await recovery[does](steerOf(runId, ask.reason), by);
      await typed(runId, [does, quoted(ask.reason)], by);
      return { said };
    });

  return {
    commands: defineWord(z.strictObject({}), async () => {
      return {
        commands: recovery.commands().map(({ name, title, confirm }) => ({ name, title, confirm: confirm ?? null })),
      };
    }),
    plan: defineWord(PlanArgs, async ({ command, inputs, mode, ...where }, by) => {
      const place = { command, inputs, ...(mode && { mode }) };
      const incidentId = await findPlace({ recovery, incidents }, { ...place, ...where }, by);
      return await recovery.plan({ incidentId, command, inputs, ...(mode && { mode }) }, by);
    }),
    'plan-undo': defineWord(z.strictObject({ incident, run: id.optional() }), async (ask, by) =>
      recovery.planUndo({ runId: await choose(ask) }, by),
    ),
    post: defineWord(z.strictObject({ plan: id }), async (ask, by) => {
      await recovery.post(ask.plan, by);
      return { said: 'The plan is posted in the incident channel.' };
    }),
    request: defineWord(
      z.strictObject({ plan: id, phrase: z.string().max(100), accept: z.record(z.string(), words) }),
      async ({ plan, phrase, accept }, by) => ({
        consent: await recovery.request({ planId: plan, phrase, accept }, by),
      }),
    ),
    approve: defineWord(z.strictObject({ code: id, incident }), async ({ code, incident: chosen }, by) => {
      const incidentId = await findIncident(incidents, chosen);
      return { consent: await recovery.approve({ code, incidentId }, by) };
    }),
    'break-glass': defineWord(z.strictObject({ code: id, reason: words, incident }), async (ask, by) => {
      const incidentId = await findIncident(incidents, ask.incident);
      return { consent: await recovery.breakGlass({ code: ask.code, incidentId, reason: ask.reason }, by) };
    }),
    pause: steering('pause'),
    resume: steering('resume'),
    abort: steering('abort'),
    retry: defineWord(steer.extend({ step: id }), async (ask, by) => {
      const runId = await choose(ask);
      const said = await recovery.retry({ ...steerOf(runId, ask.reason), step: ask.step }, by);
      await typed(runId, ['retry', ask.step, quoted(ask.reason)], by);
      return { said };
    }),
    skip: defineWord(steer.extend({ step: id, reason: words }), async (ask, by) => {
      const runId = await choose(ask);
      const said = await recovery.skip({ runId, step: ask.step, reason: ask.reason }, by);
      await typed(runId, ['skip', ask.step, quoted(ask.reason)], by);
      return { said };
    }),
    answer: defineWord(
      z.strictObject({ incident, run: id.optional(), step: id, done: z.boolean(), note: z.string().max(1000) }),
      async ({ step, done, note, ...ask }, by) => {
        const runId = await choose(ask);
        const said = await recovery.answer({ runId, step, done, note }, by);
        await typed(runId, ['answer', step, done ? 'done' : 'not done', quoted(note)], by);
        return { said };
      },
    ),
    'answer-items': defineWord(
      z.strictObject({
        incident,
        run: id.optional(),
        step: id,
        items: z.record(id, z.enum(['done', 'declined'])),
        note: z.string().max(500),
      }),
      async ({ step, items, note, ...ask }, by) => {
        const runId = await choose(ask);
        const answers = Object.entries(items).map(([item, answer]) => ({ item, answer }));
        const said = await recovery.answerItems({ runId, step, answers, reason: note }, by);
        await typed(
          runId,
          ['answer', step, ...answers.map(({ item, answer }) => `${item}=${answer}`), quoted(note)],
          by,
        );
        return { said };
      },
    ),
    'show-run': defineWord(z.strictObject({ run: id }), async (ask) => {
      return { run: await recovery.readRun(ask.run) };
    }),
    'show-consent': defineWord(z.strictObject({ consent: id }), async (ask) => {
      return { consent: await recovery.readConsent(ask.consent) };
    }),
  };
}

function steerOf(runId: string, reason: string | undefined): { runId: string; reason?: string } {
  return reason === undefined ? { runId } : { runId, reason };
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined || text === '' ? undefined : `“${text}”`;
}
