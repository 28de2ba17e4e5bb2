import type { Templates } from '../broadcast/templates/sentences.ts';
import type { LoadedHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import type { Catalogue } from '../domain/action.ts';
import type { Fault } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';

/** The way to a Muster: one that already runs, or one of this process's own. */
export interface Door {
  /** Throws `Refusal` when nothing was done. */
  call(word: string, args: JsonObject): Promise<JsonObject>;
  /** No other process carries the work on when this one ends. */
  inProcess: boolean;
  close(): Promise<void>;
}

/** What is known of the status page that `muster.yml` names. */
export interface PageCheck {
  state: 'no-page' | 'no-key' | 'unknown' | 'read';
  /** Components that it does not show. */
  faults: readonly Fault[];
  /** How it is reached, and what follows. */
  sentence: string;
}

/** Everything outside the terminal's own text. */
export interface Terminal {
  /** To the sandbox that runs beside it, as one of its people, or for real. */
  openDoor(sandbox: { as: string | undefined } | null): Promise<Door>;
  /** Throws `Refusal` naming each variable that is wrong. */
  settings(): Settings;
  /** Throws `FaultyFiles` with every fault of the home's files. */
  loadHome(): Promise<LoadedHome>;
  /** The home's templates and the shipped ones; what is broken is in their faults. */
  loadTemplates(): Promise<Templates>;
  /** What is wrong with the simulated cloud that the home brings. */
  findCloudFaults(): Promise<readonly Fault[]>;
  /** What could be better in the home's commands: Muster starts all the same. */
  findWarnings(): Promise<readonly Fault[]>;
  /** Reads the status page, where there is a key; what cannot be read is `unknown`, and no fault. */
  checkPage(home: Home): Promise<PageCheck>;
  catalogue: Catalogue;
  print(text: string): void;
  complain(text: string): void;
  /** Null where no person sits at the keyboard. */
  ask: ((question: string) => Promise<string>) | null;
  clock: Clock;
  ids: Ids;
}
