import type { Broadcast } from '../broadcast/broadcast.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { MarkdownFile, ReviewView } from '../domain/views.ts';
import type { Incidents } from '../incidents/incidents.ts';
import type { Recovery } from '../recovery/recovery.ts';
import type { Rehearsals } from '../rehearsal/rehearsal.ts';
import type { Schedules } from '../schedules/schedules.ts';
import type { Clients } from './clients.ts';
import type { Inflight } from './inflight.ts';
import type { Log } from './log.ts';
import type { Standings } from './standing.ts';

export interface UseCases {
  recovery: Recovery;
  incidents: Incidents;
  broadcast: Broadcast;
  reports: Reports;
  rehearsals: Rehearsals;
  schedules: Pick<Schedules, 'list' | 'occurrence' | 'begin' | 'decline'>;
}

/** What a person is to read, with its document. */
export interface Reports {
  /** `file` is null where the incident's own messages say it all. */
  review(reviewId: string): Promise<{ view: ReviewView; file: MarkdownFile | null }>;
  /** The post-mortem as it would be written now, and every review that was asked for. */
  report(incidentId: number): Promise<{ file: MarkdownFile; reviews: ReviewView[] }>;
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
  /** Who is a full member of the workspace: nobody else is admitted. */
  standings: Standings;
  simulated: boolean;
}
