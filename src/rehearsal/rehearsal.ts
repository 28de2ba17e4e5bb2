import type { Mode } from '../domain/command.ts';
import type { Person } from '../domain/person.ts';
import type { MarkdownFile } from '../domain/views.ts';
import type { RehearsalReport } from './report.ts';

/** A command carried out on a simulated cloud, in a process that can reach nothing real. */
export interface Rehearsals {
  /** Throws `Refusal` when nothing was begun: one at a time, and only what the simulation can show. */
  begin(ask: RehearsalAsk, by: Person): Promise<Begun>;
  /** The one that was begun last, or the one of this id while it is the last. */
  look(id: string, by: Person): Promise<RehearsalView>;
  /** Ends the one under way, without an outcome. */
  stop(by: Person): Promise<string>;
  /** With Muster itself: the one under way ends without an outcome. */
  close(): Promise<void>;
}

export interface RehearsalAsk {
  command: string;
  /** As typed: `{ tasks: '4' }`. */
  inputs: Record<string, string>;
  mode?: Mode;
  /** The active Region does not answer from the beginning on. */
  dark: boolean;
  /** What else goes wrong, by name; see `troubleNames`. */
  troubles: readonly string[];
}

export interface RehearsalView {
  id: string;
  command: string;
  by: string;
  /** Real time. */
  startedAt: Date;
  /** What it has come to so far, one line each. */
  progress: string[];
  end: RehearsalEnd | null;
}

/** `sentence` says it all in one; there is a report only where it came to its end. */
export type RehearsalEnd =
  | { kind: 'reported'; sentence: string; report: RehearsalReport; file: MarkdownFile }
  /** Refused by the rules that would refuse it in earnest. */
  | { kind: 'refused'; sentence: string }
  | { kind: 'without-outcome'; sentence: string };

export interface Begun {
  view: RehearsalView;
  /** What is told at once. */
  sentence: string;
  ended: Promise<RehearsalEnd>;
}
