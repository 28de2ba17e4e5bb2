import { outside } from '../../domain/audience.ts';
import { incidentLabel } from '../../domain/incident.ts';
import type { Person } from '../../domain/person.ts';
import { readAudienceViews } from '../../store/audiences.ts';
import { waitingDraft } from '../../store/drafts.ts';
import { rolesOf } from '../../store/roles.ts';
import type { UpdateForm } from '../broadcast.ts';
import type { BroadcastDeps } from '../deps.ts';
import { findIncident } from '../find.ts';
import { readPageForm } from '../public/show.ts';
import { mayTell } from './check-ask.ts';
import { heardByAll } from './heard.ts';
import { laterOf, statusOf } from './page-state.ts';
import { draftTexts } from './texts.ts';

/** What the editor begins with: who is due, the draft of both texts, and the page as it stands. */
export async function updateForm(deps: BroadcastDeps, incidentId: number, by: Person): Promise<UpdateForm> {
  return deps.store.tx(async (tx) => {
    const { home, clock } = deps;
    const now = clock.now();
    const incident = await findIncident(tx, incidentId);
    const views = await readAudienceViews(tx, home, incident);
    const draft = await waitingDraft(tx, incidentId);
    const roles = await rolesOf(tx, incidentId, by);
    const audiences = views.map(({ audience, rule, dueAt, promised }) => {
      const isDue = dueAt !== null && (dueAt <= now || draft?.audiences.includes(audience) === true);
      return { audience, rule, dueAt, promised, due: isDue, mayTell: mayTell(roles, audience) };
    });
    const insiders = views
      .filter((view) => !outside.includes(view.audience) && view.dueAt !== null)
      .map((view) => view.audience);
    const texts = await draftTexts(deps, tx, incident, await heardByAll(tx, incidentId, insiders));
    const page = await readPageForm(deps, tx, incident);
    return {
      incidentId,
      label: incidentLabel(incident),
      timezone: home.timezone,
      now,
      audiences,
      ...texts,
      page: page && { ...page, status: laterOf(statusOf(incident), page.status) },
    };
  });
}
