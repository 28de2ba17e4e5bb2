import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Clock, Ids } from '../domain/ports/clock.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Estate } from '../sim/index.ts';
import type { ChildProgram } from './child.ts';

/** What rehearsals are made with. */
export interface RehearsalDeps {
  home: Home;
  /** The simulated cloud that the home brings; without one it is made of what a command's steps name. */
  cloud: Estate | undefined;
  commands: readonly Command[];
  store: Store;
  clock: Clock;
  /** A rehearsal takes real time. */
  real: Clock;
  ids: Ids;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
  /** Slack ids of a user group's members; rejects when they cannot be read. */
  groups: (groupId: string) => Promise<string[]>;
  program: ChildProgram;
  /** Puts an empty store into the folder, for the program to open. */
  newStore: (folder: string) => Promise<void>;
  /** Where the files of the home are. */
  homeDir: string;
  /** The Region that Muster itself runs in, and the one that it may leave all the same. */
  ownRegion: string | undefined;
  mayLeave: string | undefined;
}
