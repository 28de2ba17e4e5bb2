import { afterEach, beforeEach } from '@jest/globals';
import { type SimulatedStatuspage, startStatuspage } from '../../sandbox/statuspage/start.ts';
import { stopwatch } from '../../src/clock/stopwatch.ts';
import type { Outgoing } from '../../src/domain/notice.ts';
import { noCrash } from '../../src/domain/ports/crash.ts';
import { createStatuspageClient } from '../../src/statuspage/client.ts';
import { createStatuspageCourier } from '../../src/statuspage/courier.ts';
import { townHome } from '../support/town.ts';

type PageWords = Extract<Outgoing, { to: 'statuspage' }>;

export const open: PageWords = {
  to: 'statuspage',
  do: 'open',
  incidentId: 7,
  name: 'Disruption',
  body: 'We look.',
  status: 'investigating',
  components: { cmp_api: 'major_outage' },
  notify: true,
};
export const update: PageWords = {
  to: 'statuspage',
  do: 'update',
  incidentId: 7,
  body: 'Back.',
  status: 'monitoring',
  components: {},
  notify: true,
};

interface Over {
  key?: string;
  page?: string;
  store?: string;
  crash?: typeof noCrash;
  remoteId?: string | null;
  byHand?: boolean;
}

type PageOptions = Omit<Parameters<typeof startStatuspage>[0], 'home'>;

/** A simulated page for each test, and couriers to it. */
export function useStatuspage() {
  let far: SimulatedStatuspage;
  const start = async (options: PageOptions = {}): Promise<void> => {
    far = await startStatuspage({ home: townHome, ...options });
  };
  beforeEach(() => start());
  afterEach(() => far.stop());

  const courierTo = ({ store = 'store-1', crash = noCrash, remoteId, byHand = false, ...over }: Over = {}) =>
    createStatuspageCourier({
      client: createStatuspageClient({
        baseUrl: far.url,
        key: far.key,
        page: 'page01',
        elapsed: stopwatch.elapsed,
        spacingMs: 1,
        timeoutMs: 300,
        ...over,
      }),
      known: async () => ({
        remoteId: remoteId === undefined ? (far.page.incidents[0]?.id ?? null) : remoteId,
        byHand,
        name: 'Disruption',
        origin: { incident: 'INC-7', store, declared: '2026-03-01T14:00:00.000Z' },
      }),
      crash,
    });
  return {
    far: () => far,
    /** The page once more, started otherwise. */
    restart: async (options: PageOptions): Promise<void> => {
      await far.stop();
      await start(options);
    },
    courierTo,
    /** The state that each update on the page shows, the newest first. */
    updates: () => far.page.incidents.flatMap((one) => one.incident_updates.map((each) => each.status)),
  };
}
