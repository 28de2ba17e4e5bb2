import type { Person } from '../domain/person.ts';
import type { OccurrenceView, SchedulesView } from '../domain/schedule.ts';

/** What is run at its time. Each question throws `Refusal` when nothing was done. */
export interface Schedules {
  /** Starts looking at what is due, until `stop`. */
  start(): void;
  stop(): Promise<void>;
  list(): Promise<SchedulesView>;
  occurrence(id: string): Promise<OccurrenceView>;
  /** A person begins what is due: the record to plan it in, with the command and its inputs. */
  begin(ask: { occurrenceId: string }, by: Person): Promise<Begun>;
  /** A person decides against it, this time. */
  decline(ask: { occurrenceId: string; reason: string }, by: Person): Promise<string>;
}

export interface Begun {
  incidentId: number;
  command: string;
  inputs: Record<string, string>;
}
