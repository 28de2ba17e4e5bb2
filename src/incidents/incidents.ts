import type { Role } from '../domain/home.ts';
import type { Incident, Recovery as Measured } from '../domain/incident.ts';
import type { Person } from '../domain/person.ts';
import type { IncidentView } from '../domain/views.ts';

/** The life of an incident. Each throws `Refusal` when nothing was done. */
export interface Incidents {
  declare(ask: DeclareAsk, by: Person): Promise<Incident>;
  assign(ask: { incidentId: number; role: Role; person: string }, by: Person): Promise<string>;
  /** Ends the impact: measures recovery and says it. Refused while a run is under way. */
  resolve(ask: { incidentId: number }, by: Person): Promise<{ incident: Incident; recovery: Measured }>;
  /** Refused while a return guard is armed. */
  close(ask: { incidentId: number }, by: Person): Promise<Incident>;
  /** Incidents that are not closed, newest first. */
  open(): Promise<Incident[]>;
  list(): Promise<Incident[]>;
  byChannel(channel: string): Promise<Incident | null>;
  view(incidentId: number): Promise<IncidentView>;
  /** Refuses, in one sentence, a person who holds no role at all. */
  mayLook(by: Person): Promise<void>;
}

export interface DeclareAsk {
  title: string;
  severity: string;
  services: string[];
  impactBeganAt: Date;
  scenario?: string;
  /** The same form sent twice declares one incident. */
  requestKey: string;
}
