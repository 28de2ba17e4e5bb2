import { z } from 'zod';
import type { Broadcast, Updates } from '../broadcast/broadcast.ts';
import type { Home } from '../domain/home.ts';
import { type Notice, schedulesTold } from '../domain/notice.ts';
import type { MarkdownFile } from '../domain/views.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { Schedules } from '../schedules/schedules.ts';
import type { Reports } from './edge.ts';
import { presentAnnouncement } from './presenters/announcement.ts';
import { presentCall } from './presenters/call.ts';
import { presentChecklist } from './presenters/checklist.ts';
import { presentConsent } from './presenters/consent.ts';
import { presentIncidentHeader } from './presenters/incident-header.ts';
import type { Words } from './presenters/message.ts';
import { presentPlan } from './presenters/plan.ts';
import { presentPublicDraft } from './presenters/public-draft.ts';
import { presentReview } from './presenters/review.ts';
import { presentRun } from './presenters/run.ts';
import { presentOccurrence, presentTold } from './presenters/schedule.ts';
import { presentSentence } from './presenters/sentence.ts';
import { presentUpdateDraft } from './presenters/update-draft.ts';

/** The read models that a notice is rendered from, at the moment it goes out. */
export interface Reads {
  recovery: Pick<Recovery, 'readPlan' | 'readConsent' | 'readRun' | 'readChecklist'>;
  incidents: Pick<Incidents, 'view' | 'byChannel'>;
  broadcast: Pick<Broadcast, 'draft'> & { updates: Pick<Updates, 'draft'> };
  reports: Pick<Reports, 'review'>;
  schedules: Pick<Schedules, 'occurrence'>;
  home: Home;
  simulated: boolean;
}

/** A notice as it came back from the store. */
export const StoredNotice: z.ZodType<Notice> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('incident-header'), incidentId: z.number() }),
  z.object({ kind: z.literal('incident-announced'), incidentId: z.number() }),
  z.object({ kind: z.literal('plan'), planId: z.string() }),
  z.object({ kind: z.literal('consent'), requestId: z.string() }),
  z.object({ kind: z.literal('run'), runId: z.string() }),
  z.object({
    kind: z.literal('checklist'),
    runId: z.string(),
    step: z.string(),
    mention: z.array(z.string()),
  }),
  z.object({ kind: z.literal('public-draft'), incidentId: z.number() }),
  z.object({ kind: z.literal('update-draft'), incidentId: z.number(), round: z.number() }),
  z.object({
    kind: z.literal('call'),
    incidentId: z.number(),
    rung: z.number(),
    text: z.string(),
    mention: z.array(z.string()),
  }),
  z.object({ kind: z.literal('schedule'), occurrenceId: z.string() }),
  z.object({
    kind: z.literal('schedule-told'),
    occurrenceId: z.string(),
    what: z.enum(schedulesTold),
    earlier: z.number(),
    mention: z.boolean(),
  }),
  z.object({ kind: z.literal('review'), reviewId: z.string() }),
  z.object({
    kind: z.literal('sentence'),
    text: z.string(),
    mention: z.array(z.string()),
    button: z
      .object({
        action: z.literal('public.posted'),
        incidentId: z.number(),
        broadcastId: z.string().exactOptional(),
      })
      .exactOptional(),
    live: z.string().exactOptional(),
  }),
]);

/** A message, and what goes below it in its thread. */
export interface Rendered {
  first: Words;
  below: readonly Words[];
  file: MarkdownFile | null;
}

export async function renderNotice(reads: Reads, notice: Notice): Promise<Rendered> {
  if (notice.kind === 'review') {
    const { view, file } = await reads.reports.review(notice.reviewId);
    return { first: presentReview(view, file, reads.home), below: [], file };
  }
  const [first, ...below] = await renderWords(reads, notice);
  return { first, below, file: null };
}

type Worded = Exclude<Notice, { kind: 'review' }>;

async function renderWords(reads: Reads, notice: Worded): Promise<[Words, ...Words[]]> {
  const { home, simulated } = reads;
  switch (notice.kind) {
    case 'incident-header': {
      const view = await reads.incidents.view(notice.incidentId);
      return [presentIncidentHeader(view, home)];
    }
    case 'incident-announced':
      return [presentAnnouncement(await reads.incidents.view(notice.incidentId), home)];
    case 'plan':
      return presentPlan(await reads.recovery.readPlan(notice.planId), { home, simulated });
    case 'consent':
      return [presentConsent(await reads.recovery.readConsent(notice.requestId), home)];
    case 'run':
      return [presentRun(await reads.recovery.readRun(notice.runId), home)];
    case 'checklist':
      return [presentChecklist(await reads.recovery.readChecklist(notice), notice.mention, home)];
    case 'public-draft': {
      const view = await reads.incidents.view(notice.incidentId);
      return [presentPublicDraft(view, await reads.broadcast.draft(notice.incidentId), home)];
    }
    case 'update-draft':
      return [presentUpdateDraft(await reads.broadcast.updates.draft(notice.incidentId, notice.round), home)];
    case 'call':
      return [presentCall(notice, await reads.incidents.view(notice.incidentId), home)];
    case 'schedule':
      return [presentOccurrence(await reads.schedules.occurrence(notice.occurrenceId), home)];
    case 'schedule-told':
      return [presentTold(notice, await reads.schedules.occurrence(notice.occurrenceId), home)];
    case 'sentence':
      return presentSentence(notice, home, simulated);
  }
}
