import type { Broadcast } from '../broadcast/broadcast.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { Clients } from './clients.ts';
import type { Inflight } from './inflight.ts';
import type { Log } from './log.ts';

export interface UseCases {
  recovery: Recovery;
  incidents: Incidents;
  broadcast: Broadcast;
}

/** What every listener works with. */
export interface Edge extends UseCases {
  clients: Clients;
  home: Home;
  clock: Clock;
  /** The machine's own time: Slack waits in it, whatever the clock shows. */
  real: Clock;
  ids: Ids;
  log: Log;
  inflight: Inflight;
  /** True when this request was taken before, by any process. */
  seen: (signature: string) => Promise<boolean>;
  /** Members of a user group. */
  groups: (id: string) => Promise<string[]>;
  simulated: boolean;
}
