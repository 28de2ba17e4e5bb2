import { outside, ruleOf } from '../../domain/audience.ts';
import { Refusal } from '../../domain/errors.ts';
import { incidentLabel } from '../../domain/incident.ts';
import { readDraftRound } from '../../store/drafts.ts';
import type { DraftView } from '../broadcast.ts';
import type { BroadcastDeps } from '../deps.ts';
import { findIncident } from '../find.ts';
import { earliest } from '../later.ts';
import { owedOf } from './draft-round.ts';
import { heardByAll } from './heard.ts';
import { previewTexts } from './preview.ts';
import { draftTexts } from './texts.ts';

/** A round of drafts as it would be sent now, or how it ended. */
export async function viewDraft(deps: BroadcastDeps, incidentId: number, round: number): Promise<DraftView> {
  return deps.store.tx(async (tx) => {
    const { home, clock, simulated } = deps;
    const incident = await findIncident(tx, incidentId);
    const draft = await readDraftRound(tx, incidentId, round);
    if (!draft) throw new Refusal(`${incidentLabel(incident)} has no draft ${round}.`);
    const waits = draft.state === 'waiting';
    const owed = await owedOf(tx, draft);
    const insiders = owed.map((row) => row.audience).filter((audience) => !outside.includes(audience));
    const texts = await draftTexts(deps, tx, incident, await heardByAll(tx, incidentId, insiders));
    const audiences = waits ? owed.map((row) => row.audience) : [];
    const previews = await previewTexts(deps, tx, { incident, audiences, texts, by: incident.commander });
    return {
      incidentId,
      label: incidentLabel(incident),
      commander: incident.commander,
      round,
      state: draft.state,
      endedBy: draft.endedBy,
      told: draft.told,
      dueAt: (waits ? earliest(owed.map((row) => row.dueAt)) : null) ?? draft.dueAt,
      now: clock.now(),
      timezone: home.timezone,
      canSnooze: waits && owed.some((row) => !row.snoozed),
      previews: previews.map((preview) => ({
        ...preview,
        rule: ruleOf(home, incident, preview.audience),
        dueAt: owed.find((row) => row.audience === preview.audience)?.dueAt ?? null,
      })),
      simulated,
    };
  });
}
