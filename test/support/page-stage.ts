import { afterAll, beforeAll } from '@jest/globals';
import type { PublicIncident } from '../../sandbox/statuspage/page.ts';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { createBroadcast } from '../../src/broadcast/create-broadcast.ts';
import type { BroadcastDeps } from '../../src/broadcast/deps.ts';
import { watchDue } from '../../src/broadcast/due/watch.ts';
import { knownPageOf } from '../../src/broadcast/public/known-page.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import type { Home } from '../../src/domain/home.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { createStatuspageCourier } from '../../src/statuspage/courier.ts';
import { createFarEnd, deliverDue } from './far-end.ts';
import { cat, type Town, townHome } from './town.ts';

/** A town whose public words go over HTTP to a status page that is simulated. */
export interface PageStage {
  far(): SimulatedStatuspage;
  slack: ReturnType<typeof createFarEnd>;
  deps(over?: Partial<BroadcastDeps>): BroadcastDeps;
  publish(incidentId: number, over?: { by?: typeof cat; body?: string; notify?: boolean }): Promise<string>;
  posted(incidentId: number, by?: typeof cat): Promise<string>;
  /** Delivers what is due now. */
  deliver(): Promise<void>;
  /** Moves time on in steps of thirty seconds; what falls due is said, and delivered at once. */
  pass(ms: number): Promise<void>;
  shown(incidentId: number): PublicIncident | undefined;
  statusOf(component: string): string | undefined;
  /** What a public promise of the incident came to, in the order in which they were made. */
  promises(incidentId: number): Promise<string[]>;
}

const stepMs = 30_000;

export function usePage(town: Town, home: Home = townHome): PageStage {
  let simulated: SimulatedStatuspage | undefined;
  beforeAll(async () => {
    simulated = await startStatuspage({ home, now: town.clock.now, rateLimit: false });
  });
  afterAll(() => simulated?.stop());
  const far = (): SimulatedStatuspage => {
    if (!simulated) throw new Error('The page is there only while tests run.');
    return simulated;
  };
  const slack = createFarEnd('slack');
  const deps: PageStage['deps'] = (over = {}) => {
    const { url, key } = far();
    const at = { baseUrl: url, key, page: 'page01', elapsed: stopwatch.elapsed };
    const client = createStatuspageClient({ ...at, spacingMs: 1, timeoutMs: 2000 });
    const page = createStatuspageCourier({ client, known: knownPageOf(town.store()), crash: noCrash });
    const couriers = town.broadcast().can.page ? [slack.courier, page] : [slack.courier];
    return town.broadcast({ couriers, ...over });
  };
  const deliver = () => deliverDue(deps());
  return {
    far,
    slack,
    deps,
    publish: (incidentId, { by = cat, ...ask } = {}) => createBroadcast(deps()).publish({ incidentId, ...ask }, by),
    posted: (incidentId, by = cat) => createBroadcast(deps()).updates.posted({ incidentId }, by),
    deliver,
    pass: async (ms) => {
      for (let passed = 0; passed < ms; passed += stepMs) {
        await town.clock.advance(Math.min(stepMs, ms - passed));
        await watchDue(deps());
        await deliver();
      }
    },
    shown: (id) =>
      far().page.incidents.find((one) => (one.metadata.muster as { incident?: string })?.incident === `INC-${id}`),
    statusOf: (component) => far().page.components.get(component)?.status,
    promises: async (incidentId) => {
      const rows = await town
        .store()
        .tx((tx) =>
          tx.query<{ state: string }>(
            `select state from promise where incident_id = $1 and audience = 'public' order by id`,
            [incidentId],
          ),
        );
      return rows.map((row) => row.state);
    },
  };
}
