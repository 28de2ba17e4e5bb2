import type { Templates } from '../broadcast/templates/sentences.ts';
import type { LoadedHome } from '../config/home.ts';
import type { Settings } from '../config/settings.ts';
import type { Catalogue } from '../domain/action.ts';
import type { Fault } from '../domain/errors.ts';
import type { Home } from '../domain/home.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Person } from '../domain/person.ts';
import type { PageCheck } from './terminal.ts';
import type { Words } from './words.ts';

/** A whole engine in this process, without Slack. */
export interface OpenMuster {
  words: Words;
  /** Who asks; see `verifyIdentity`. */
  identify(proof: unknown, word: string, args: JsonObject): Promise<Person>;
  close(): Promise<void>;
}

/** What the terminal's start needs of the composition root. */
export interface Composition {
  catalogue: Catalogue;
  loadSettingsHome(settings: Settings): Promise<LoadedHome>;
  loadSettingsTemplates(settings: Settings): Promise<Templates>;
  findCloudFaults(settings: Settings): Promise<readonly Fault[]>;
  findSettingsWarnings(settings: Settings): Promise<readonly Fault[]>;
  checkPage(settings: Settings, home: Home): Promise<PageCheck>;
  openMuster(settings: Settings): Promise<OpenMuster>;
}
