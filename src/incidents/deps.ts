import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Incident, Recovery } from '../domain/incident.ts';
import type { Clock } from '../domain/ports/clock.ts';
import type { Crash } from '../domain/ports/crash.ts';
import type { Store, Tx } from '../domain/ports/store.ts';

export interface IncidentsDeps {
  store: Store;
  home: Home;
  /** What they are for is what an incident may be declared as. */
  commands: readonly Command[];
  clock: Clock;
  /** Slack ids of a user group's members; rejects when they cannot be read. Never called inside a transaction. */
  groups: (groupId: string) => Promise<string[]>;
  measure: (tx: Tx, incident: Incident) => Promise<Recovery>;
  simulated: boolean;
  crash: Crash;
}
