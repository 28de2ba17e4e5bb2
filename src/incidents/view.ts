import type { IncidentView } from '../domain/views.ts';
import { guardsOf } from '../store/guards.ts';
import { readRecovery } from '../store/incidents.ts';
import { type PublicState, readPublic } from '../store/public-incidents.ts';
import { activeRegions } from '../store/regions.ts';
import { currentRun } from '../store/runs.ts';
import type { IncidentsDeps } from './deps.ts';
import { findIncident } from './find.ts';

/** All that a header or a status shows, as it is now. */
export async function viewIncident(deps: IncidentsDeps, incidentId: number): Promise<IncidentView> {
  const { home, clock, simulated } = deps;
  return deps.store.tx(async (tx) => {
    const incident = await findIncident(tx, incidentId);
    const regions = await activeRegions(tx);
    const page = await readPublic(tx, incidentId);
    const guards = await guardsOf(tx, incidentId);
    return {
      incident,
      timezone: home.timezone,
      systemTitle: home.system.title,
      now: clock.now(),
      active: incident.services.map((service) => ({
        service,
        region: regions.get(service) ?? home.system.regions.primary,
      })),
      run: await currentRun(tx, incidentId),
      guards: guards.map(({ id, region, stepId, state }) => ({ id, region, step: stepId, state })),
      recovery: await readRecovery(tx, incidentId),
      publicPage: { state: page ? shownState(page.state) : 'none', url: page?.url ?? null },
      simulated,
    };
  });
}

/** What was asked of the page is a draft until the page has it. */
function shownState(state: PublicState): 'draft' | 'open' | 'resolved' {
  return state === 'asked' ? 'draft' : state;
}
