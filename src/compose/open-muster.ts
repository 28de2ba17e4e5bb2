import { createAws } from '../actions/kit/aws.ts';
import { guardPrograms } from '../actions/programs/guard.ts';
import { createHomeFolder } from '../actions/programs/home-folder.ts';
import { createActions } from '../actions/registry.ts';
import type { Broadcast } from '../broadcast/broadcast.ts';
import { createBroadcast } from '../broadcast/create-broadcast.ts';
import { takeOverWords } from '../broadcast/delivery/take-over.ts';
import { adoptIncidents } from '../broadcast/due/adopt.ts';
import { broadcastSubscriber } from '../broadcast/subscriber.ts';
import type { Templates } from '../broadcast/templates/sentences.ts';
import { randomChance } from '../clock/ids.ts';
import { stopwatch } from '../clock/stopwatch.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Settings } from '../config/settings.ts';
import type { Command } from '../domain/command.ts';
import type { Home } from '../domain/home.ts';
import type { Engine } from '../domain/ports/engine.ts';
import { createDurable } from '../durable/durable.ts';
import type { Durable, DurableOptions } from '../durable/types.ts';
import { createIncidents } from '../incidents/create-incidents.ts';
import type { Incidents } from '../incidents/incidents.ts';
import { followGroups } from '../incidents/renew-members.ts';
import { incidentSubscriber } from '../incidents/subscriber.ts';
import { watchRecords } from '../incidents/watch-records.ts';
import { createRecovery } from '../recovery/create-recovery.ts';
import type { Recovery } from '../recovery/recovery.ts';
import { noteRestart, noteTakeOver } from '../recovery/run/note-restart.ts';
import type { ChildProgram } from '../rehearsal/child.ts';
import type { Rehearsals } from '../rehearsal/rehearsal.ts';
import { createReports, type Reports } from '../reports/create-reports.ts';
import { measureRecovery } from '../reports/recovery.ts';
import type { Schedules } from '../schedules/schedules.ts';
import { takeOverStarts } from '../schedules/start.ts';
import { scheduleSubscriber } from '../schedules/subscriber.ts';
import type { Estate } from '../sim/index.ts';
import { type OpenStore, openStore, type Subscriber } from '../store/open.ts';
import { crashAt } from './crash.ts';
import type { FarEnds } from './far-ends.ts';
import type { MusterLog } from './log.ts';
import { startLoop } from './loop.ts';
import { once } from './once.ts';
import { openRehearsals } from './rehearsals.ts';
import { openSchedules, scheduleWords } from './schedules.ts';
import { createSlackLink, type SlackLink } from './slack-link.ts';
import type { Watch } from './watch.ts';
import { farCouriers, wordsDeps } from './words-deps.ts';

/** Muster without its front doors: the store open, runs going on, words going out. */
export interface Muster {
  home: Home;
  recovery: Recovery;
  incidents: Incidents;
  broadcast: Broadcast;
  reports: Reports;
  rehearsals: Rehearsals;
  schedules: Schedules;
  store: OpenStore;
  durable: Durable;
  slack: SlackLink;
  /** Takes up nothing more, ends what is under way and hands its runs over; it can still be read and written to. */
  letGo(): Promise<void>;
  stop(): Promise<void>;
}

export interface MusterParts {
  settings: Settings;
  home: Home;
  cloud: Estate | undefined;
  commands: readonly Command[];
  say: Templates['say'];
  mail: Templates['mail'];
  ends: FarEnds;
  log: MusterLog;
  /** Another process has taken over: this one must end at once, without a word to the outside. */
  onLost: () => void;
  /** Told of what happens; nobody is where it is not given. */
  watch?: Watch;
  /** Others who are told of each fact in its transaction. */
  subscribers?: readonly Subscriber[];
  /** Another program for rehearsals than the one that is built beside this. */
  rehearsalProgram?: ChildProgram;
}

const consentLookMs = 1_000;
const recordLookMs = 10_000;
const groupLookMs = 10_000;
const idleMs = 500;

/**
 * Opens the store and goes on with what was left unfinished; words go out once the caller starts `broadcast`. Throws one
 * sentence when that cannot be.
 */
export async function openMuster(parts: MusterParts): Promise<Muster> {
  const { settings, home, cloud, ends, log, watch } = parts;
  const { clock, ids, simulated } = ends;
  const crash = crashAt(settings.crashAt);
  const later = lateBound();
  const words = wordsDeps(parts);
  const onSchedule = scheduleWords({ home, commands: parts.commands, clock, simulated, crash });
  const store = await openStore({
    ...(settings.databaseUrl === undefined ? { dataDir: settings.dataDir } : { databaseUrl: settings.databaseUrl }),
    purpose: simulated ? 'sandbox' : 'real',
    subscribers: [
      incidentSubscriber({ clock }),
      scheduleSubscriber(onSchedule),
      broadcastSubscriber({ ...words, nudge: () => later.broadcast?.nudge() }),
      ...(watch ? [watch.fact] : []),
      ...(parts.subscribers ?? []),
    ],
    ...(watch ? { audited: watch.audited } : {}),
    clock,
  });
  if (store.kind === 'embedded') {
    await takeOverWords(store, systemClock.now());
    await takeOverStarts({ store });
  }
  await adoptIncidents({ ...words, store });
  await noteRestart({ store });
  const slack = createSlackLink();
  const assertHeld = async (): Promise<void> => later.durable?.lease.assertHeld();
  const far = farCouriers({ settings, home, store, crash, mayPost: assertHeld, ...(watch ? { watch } : {}) });
  const couriers = [slack.courier, ...far.couriers];
  const broadcast = createBroadcast({
    ...words,
    store,
    couriers: watch ? couriers.map(watch.counted) : couriers,
    painter: slack.painter,
    crash,
    log,
    onError: (error) => log.error({ err: error }, 'words could not be carried'),
    loops: { idleMs },
  });
  later.broadcast = broadcast;
  const measure: Parameters<typeof createIncidents>[0]['measure'] = (tx, incident) =>
    measureRecovery(tx, incident, home);
  const { commands } = parts;
  const ofIncidents = { store, home, commands, clock, groups: slack.groups, measure, simulated, crash };
  const incidents = createIncidents(ofIncidents);
  const seeing = watch ? { onAnswer: watch.awsAnswered, onWait: watch.waited } : {};
  const aws = createAws({
    ...ends.aws,
    ...accountOf(home),
    ...seeing,
    clock,
    chance: randomChance,
    beforeEffect: assertHeld,
  });
  const folder = createHomeFolder(settings.homeDir, home);
  const { recovery, workflows, watchConsents } = createRecovery({
    store,
    engine: () => engineOf(later.durable),
    actions: createActions({ aws, home: folder, ...guardPrograms(ends.probes, assertHeld) }),
    home,
    commands,
    clock,
    stopwatch,
    rest: (ms) => later.durable?.rest(ms) ?? clock.sleep(ms),
    stepEnded: (ended) => watch?.stepEnded(ended),
    ids,
    crash,
    log,
    here: settings.ownRegion ?? null,
    mayLeave: settings.allowActiveRegion ?? null,
    simulated,
  });
  const schedules = openSchedules(
    {
      ...onSchedule,
      store,
      groups: slack.groups,
      onError: (error) => log.error({ err: error }, 'what is scheduled could not be looked at'),
    },
    { incidents, recovery },
  );
  const executor = ids.next('boot');
  const { onLost } = parts;
  const onTakenOver: DurableOptions['onTakenOver'] = async ({ leases, workflows: left }) => {
    watch?.takenOver(leases);
    await noteTakeOver({ store }, left);
  };
  const durable = await createDurable({ store, executor, clock, stopwatch, workflows, log, onLost, onTakenOver });
  later.durable = durable;
  const consentLoop = startLoop(consentLookMs, watchConsents, (error) =>
    log.error({ err: error }, 'consents could not be watched'),
  );
  const recordLoop = startLoop(
    recordLookMs,
    () => watchRecords({ store, clock }),
    (error) => log.error({ err: error }, 'drills and routines could not be closed'),
  );
  const groupLoop = startLoop(
    groupLookMs,
    () => followGroups(ofIncidents),
    (error) => log.error({ err: error }, 'roles could not follow the groups'),
  );
  const program = parts.rehearsalProgram;
  const rehearsals = openRehearsals({ settings, home, cloud, commands, store, slack, ends, log, program });
  // All at once: a run is not to wait for words that go out slowly before another process may take it over.
  const letGo = once(async () => {
    await Promise.all([schedules, consentLoop, recordLoop, groupLoop, broadcast, durable].map((part) => part.stop()));
  });
  const stop = async (): Promise<void> => {
    await rehearsals.close();
    await letGo();
    far.close();
    ends.close?.();
    aws.close();
    await store.close();
  };
  const reports = createReports({ store, home, clock, simulated });
  return { home, recovery, incidents, broadcast, reports, rehearsals, schedules, store, durable, slack, letGo, stop };
}

/** Parts that others need before they can be made. */
function lateBound(): { broadcast?: Broadcast; durable?: Durable } {
  return {};
}

function engineOf(durable: Durable | undefined): Engine {
  if (!durable) throw new Error('The engine is not launched yet: nothing can be started.');
  return durable.engine;
}

function accountOf(home: Home): { account?: string } {
  const [account] = Object.values(home.accounts);
  return account ? { account: account.id } : {};
}
