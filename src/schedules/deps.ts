import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Incident } from '../domain/incident.ts';
import type { Notice, Place } from '../domain/notice.ts';
import type { Person, Roles } from '../domain/person.ts';
import type { Plan, PlanVerdict } from '../domain/plan.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Store, Tx } from '../domain/ports/store.ts';

/** What every part of schedules works with. */
export interface ScheduleWordsDeps {
  home: Home;
  commands: readonly Command[];
  /** When something is due. */
  clock: Clock;
  /** The machine's own time: when words go out, and how long another process is waited for. */
  real: Clock;
  simulated: boolean;
  crash: Crash;
  /** Puts a notice out once, in this transaction. */
  post(tx: Tx, words: { place: Place; notice: Notice; key?: string }): Promise<void>;
}

export interface SchedulesDeps extends ScheduleWordsDeps {
  store: Store;
  /** Members of a Slack user group; rejects when they cannot be read. */
  groups(id: string): Promise<string[]>;
  /** What a person may do by muster.yml. */
  rolesOf(by: Person): Promise<Roles>;
  recovery: Starting;
  onError(error: unknown): void;
}

/** How a run comes about: a record to gather around, a plan, consent. */
export interface Starting {
  /** The incidents that are open. */
  underway(): Promise<readonly Incident[]>;
  openRecord(
    ask: { command: string; inputs: Record<string, string>; requestKey: string },
    by: Person,
  ): Promise<Incident>;
  plan(
    ask: { incidentId: number; command: string; inputs: Record<string, string> },
    by: Person,
  ): Promise<{ plan: Plan; verdict: PlanVerdict; problems: readonly { sentence: string }[] }>;
  request(ask: { planId: string; phrase: string; accept: Record<string, string> }, by: Person): Promise<unknown>;
}
