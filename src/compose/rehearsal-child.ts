import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { loadTemplates } from '../broadcast/templates/load-templates.ts';
import { randomIds } from '../clock/ids.ts';
import { createLeapingClock } from '../clock/leaping-clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { variableNames } from '../config/process-env.ts';
import { readSettings } from '../config/settings.ts';
import { answerInstead } from '../rehearsal/answer.ts';
import { type FromRehearsal, RehearsalTask } from '../rehearsal/messages.ts';
import { type Outcome, playRehearsal } from '../rehearsal/play.ts';
import { createWorld, simulatedCredentials, simulatedPlugin, simulatedProbes } from '../sim/index.ts';
import { createLog } from './log.ts';
import { createNews } from './news.ts';
import { openMuster } from './open-muster.ts';
import { shippedDir } from './shipped.ts';

/**
 * The process of one rehearsal. It is told one task, tells how far it is and what came of it, and ends. Whoever told it
 * gone, it has nobody to tell.
 */
async function main(): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  const task = RehearsalTask.parse(await toldOnce());
  await tell(await rehearse(task));
}

async function rehearse(task: RehearsalTask): Promise<Outcome> {
  const clock = createLeapingClock(systemClock.now());
  const news = createNews(clock);
  const world = createWorld({ clock, estate: task.estate });
  const stoodIn = new Set<string>();
  const send = answerInstead(world.call, task.standIns, (step) => stoodIn.add(step));
  const dataDir = join(task.folder, 'data');
  await mkdir(dataDir);
  const muster = await openMuster({
    settings: readSettings({
      MUSTER_DATA: dataDir,
      MUSTER_HOME: task.homeDir,
      MUSTER_LOG_LEVEL: 'warn',
      AWS_REGION: task.ownRegion,
      MUSTER_ALLOW_ACTIVE_REGION: task.mayLeave,
    }),
    home: task.home,
    cloud: undefined,
    // Nothing is real in a rehearsal, so a drill's steps are played as a recovery's are: in its one incident.
    commands: [{ ...task.command, purpose: 'recovery' }],
    ...(await loadTemplates({ shippedDir: join(shippedDir, 'templates') })),
    ends: {
      simulated: true,
      clock,
      ids: randomIds,
      aws: { plugins: [simulatedPlugin(send)], credentials: () => simulatedCredentials },
      probes: simulatedProbes(send),
      stsUrls: ['http://127.0.0.1:1/'],
    },
    log: createLog('warn'),
    subscribers: [news.heard],
    onLost: () => process.exit(1),
  });
  const environment = variableNames();
  const { recovery, incidents } = muster;
  const line = (text: string): void => void tell({ kind: 'progress', line: text });
  return playRehearsal({ recovery, incidents, world, clock, news: news.next, stoodIn, environment, tell: line }, task);
}

function toldOnce(): Promise<unknown> {
  const told = new Promise((resolve) => process.once('message', resolve));
  void tell({ kind: 'ready' });
  return told;
}

function tell(message: FromRehearsal): Promise<void> {
  return new Promise((resolve) => {
    if (!process.send) return resolve();
    process.send(message, () => resolve());
  });
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
