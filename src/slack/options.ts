import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { UseCases } from './edge.ts';
import type { Log } from './log.ts';
import type { Route } from './routes.ts';

export type SlackMode =
  | { kind: 'http'; port: number; host?: string; signingSecret: string; botToken: string; routes?: Route[] }
  | { kind: 'socket'; appToken: string; botToken: string; port?: number; host?: string; routes?: Route[] };

export interface SlackOptions {
  mode: SlackMode;
  /** Another base address of the Web API, ending in `/api/`. */
  apiUrl?: string;
  home: Home;
  useCases: UseCases;
  clock: Clock;
  /** The machine's own time, which signatures carry and in which Slack waits. */
  real: Clock;
  ids: Ids;
  log: Log;
  /** True when this request was already taken. */
  seen: (signature: string) => Promise<boolean>;
  simulated: boolean;
  crash: Crash;
  /** Rejects where another process has taken over from this one: asked just before a word is posted. */
  mayPost?: () => Promise<void>;
  /** Told how many seconds Slack waited for each acknowledgement. */
  acked?: (seconds: number) => void;
}
