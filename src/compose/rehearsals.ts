import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../clock/system-clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { ChildProgram } from '../rehearsal/child.ts';
import { createRehearsals } from '../rehearsal/create-rehearsals.ts';
import type { Rehearsals } from '../rehearsal/rehearsal.ts';
import type { Estate } from '../sim/index.ts';
import type { OpenStore } from '../store/open.ts';
import type { FarEnds } from './far-ends.ts';
import type { MusterLog } from './log.ts';
import { copyNewStore } from './new-store.ts';
import type { SlackLink } from './slack-link.ts';

/** Beside this file once it is built. */
const program: ChildProgram = {
  script: fileURLToPath(new URL('./rehearsal-child.js', import.meta.url)),
  execArgv: ['--disable-warning=ExperimentalWarning'],
  limitMs: 180_000,
};

export function openRehearsals(of: {
  settings: Settings;
  home: Home;
  cloud: Estate | undefined;
  commands: readonly Command[];
  store: OpenStore;
  slack: SlackLink;
  ends: FarEnds;
  log: MusterLog;
  program: ChildProgram | undefined;
}): Rehearsals {
  const { settings, home, cloud, commands, store, slack, ends, log } = of;
  return createRehearsals({
    ...{ home, cloud, commands, store, log },
    clock: ends.clock,
    real: systemClock,
    ids: ends.ids,
    groups: slack.groups,
    program: of.program ?? program,
    newStore: (folder) => copyNewStore(settings.dataDir, folder),
    homeDir: resolve(settings.homeDir),
    ownRegion: settings.ownRegion,
    mayLeave: settings.allowActiveRegion,
  });
}
