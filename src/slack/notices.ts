import { z } from 'zod';
import type { Broadcast } from '../broadcast/broadcast.ts';
import type { Home } from '../domain/home.ts';
import type { Notice } from '../domain/notice.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { Recovery } from '../recovery/recovery.ts';
import { presentAnnouncement } from './presenters/announcement.ts';
import { presentConsent } from './presenters/consent.ts';
import { presentIncidentHeader } from './presenters/incident-header.ts';
import type { Words } from './presenters/message.ts';
import { rtoOf } from './presenters/objectives.ts';
import { presentPlan } from './presenters/plan.ts';
import { presentPublicDraft } from './presenters/public-draft.ts';
import { presentRun } from './presenters/run.ts';
import { presentSentence } from './presenters/sentence.ts';

/** The read models that a notice is rendered from, at the moment it goes out. */
export interface Reads {
  recovery: Pick<Recovery, 'readPlan' | 'readConsent' | 'readRun'>;
  incidents: Pick<Incidents, 'view' | 'byChannel'>;
  broadcast: Pick<Broadcast, 'draft'>;
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
  z.object({ kind: z.literal('public-draft'), incidentId: z.number() }),
  z.object({ kind: z.literal('sentence'), text: z.string(), mention: z.array(z.string()) }),
]);

/** One message, and what goes below it in its thread. */
export async function renderNotice(reads: Reads, notice: Notice): Promise<[Words, ...Words[]]> {
  const { home, simulated } = reads;
  switch (notice.kind) {
    case 'incident-header': {
      const view = await reads.incidents.view(notice.incidentId);
      return [presentIncidentHeader(view, home, rtoOf(home, view.incident.services))];
    }
    case 'incident-announced':
      return [presentAnnouncement(await reads.incidents.view(notice.incidentId), home)];
    case 'plan':
      return presentPlan(await reads.recovery.readPlan(notice.planId), { home, simulated });
    case 'consent':
      return [presentConsent(await reads.recovery.readConsent(notice.requestId), home)];
    case 'run':
      return [presentRun(await reads.recovery.readRun(notice.runId), home)];
    case 'public-draft': {
      const view = await reads.incidents.view(notice.incidentId);
      return [presentPublicDraft(view, await reads.broadcast.draft(notice.incidentId))];
    }
    case 'sentence':
      return [presentSentence(notice.text, notice.mention, home, simulated)];
  }
}
