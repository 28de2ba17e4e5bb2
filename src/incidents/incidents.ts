import type { Audience } from '../domain/audience.ts';
import type { Mode } from '../domain/command.ts';
import type { Role } from '../domain/home.ts';
import type { Incident, Recovery as Measured } from '../domain/incident.ts';
import type { Person } from '../domain/person.ts';
import type { TimelineEntry } from '../domain/timeline.ts';
import type { IncidentView } from '../domain/views.ts';

/** The life of an incident. Each throws `Refusal` when nothing was done. */
export interface Incidents {
  declare(ask: DeclareAsk, by: Person): Promise<Incident>;
  /** The record that a drill or a routine is planned and run in; refused of a recovery command. */
  openRecord(ask: OpenRecordAsk, by: Person): Promise<Incident>;
  assign(ask: { incidentId: number; role: Role; person: string }, by: Person): Promise<string>;
  setSeverity(ask: { incidentId: number; severity: string }, by: Person): Promise<string>;
  timeline: Timeline;
  /** Ends the impact: measures recovery and says it. Refused while a run is under way. */
  resolve(ask: { incidentId: number }, by: Person): Promise<Resolved>;
  /** Refused while a return guard is armed. */
  close(ask: { incidentId: number }, by: Person): Promise<Closed>;
  /** Incidents that are not closed, newest first. */
  open(): Promise<Incident[]>;
  list(): Promise<Incident[]>;
  byChannel(channel: string): Promise<Incident | null>;
  view(incidentId: number): Promise<IncidentView>;
  /** Refuses, in one sentence, a person who holds no role at all. */
  mayLook(by: Person): Promise<void>;
}

export interface Resolved {
  incident: Incident;
  recovery: Measured;
  /** There is a status page, and nobody has published anything of this incident; `publish` refuses from now on. */
  unpublished: boolean;
  /** Those outside to whom nothing had arrived by then. */
  untold: Audience[];
}

export interface Closed {
  incident: Incident;
  /** Those who were told of it and were still owed words: nobody tells them any more. */
  owed: Audience[];
  /** The others outside to whom nothing has arrived. */
  untold: Audience[];
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

export interface OpenRecordAsk {
  /** The name of a command whose purpose is `drill` or `routine`. */
  command: string;
  /** What it would be planned with: refused before anything is opened, where the command does not take it. */
  inputs?: Record<string, string>;
  mode?: Mode;
  /** The record where it was asked for, if anywhere. */
  here?: number;
  /** The same request opens one drill; a month has one record of routines, whatever the request. */
  requestKey: string;
}

/** What happened in an incident: entered by itself, typed by people, or kept from its channel. */
export interface Timeline {
  /** In order of time. */
  list(incidentId: number, by: Person): Promise<TimelineEntry[]>;
  /** Answers in one sentence. */
  note(ask: { incidentId: number; text: string }, by: Person): Promise<string>;
  /** A command as somebody typed it, such as `/dr failover tasks=4`; does nothing for a person without a role there. */
  command(ask: { incidentId: number; text: string }, by: Person): Promise<void>;
  /** Keeps a message of the incident's channel; `who` wrote it: a name or a Slack id. Answers in one sentence. */
  keep(message: KeepAsk, by: Person): Promise<string>;
  /** Takes a kept message out again. */
  unkeep(message: { channel: string; ts: string }, by: Person): Promise<string>;
  /** Follows a message; does nothing when it is not kept. */
  edited(message: { channel: string; ts: string; text: string }): Promise<void>;
  deleted(message: { channel: string; ts: string }): Promise<void>;
}

export interface KeepAsk {
  /** Slack's channel id and the message's own timestamp there. */
  channel: string;
  ts: string;
  text: string;
  who: string;
}
