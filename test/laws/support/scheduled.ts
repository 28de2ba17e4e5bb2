import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'expect';
import { parseDocument } from 'yaml';
import { root } from '../../e2e/child.ts';
import type { Evidence } from './evidence.ts';
import { type Life, type LifeOptions, startLife } from './life.ts';
import { until, untilQuiet } from './live.ts';
import { persist, saidAnywhere } from './people.ts';

const hourMs = 3_600_000;
/** One that starts by itself and one that people begin, of which each has an effect that the cloud counts. */
const schedules = {
  warm: { command: 'warm', at: '0 6 * * *', start: 'automatic', owner: 'ana', within: '1h' },
  cool: { command: 'cool', at: '0 8 * * *', owner: 'ana', within: '1h' },
};
const tasks = { warm: 3, cool: 5 };

/** A life of the example's home with these schedules and nothing else to do. */
export async function startScheduledLife(options: LifeOptions): Promise<Life> {
  const homeDir = await mkdtemp(join(tmpdir(), 'muster-schedules-'));
  await cp(join(root, 'examples/acme'), homeDir, { recursive: true });
  const file = join(homeDir, 'muster.yml');
  const home = parseDocument(await readFile(file, 'utf8'));
  home.set('timezone', 'UTC');
  home.set('schedules', schedules);
  await writeFile(file, String(home));
  await mkdir(join(homeDir, 'commands'), { recursive: true });
  for (const [name, count] of Object.entries(tasks)) {
    const scaled = { region: 'us-west-2', cluster: 'dr-cluster', service: 'app-service', count };
    const steps = [{ id: 'scale', uses: 'ecs.scale-service', with: { ...scaled, hold_autoscaling: false } }];
    const command = { name, title: `Scale to ${count}`, purpose: 'routine', steps };
    await writeFile(join(homeDir, `commands/${name}.yml`), JSON.stringify(command));
  }
  const life = await startLife({ ...options, homeDir });
  const close = async (): Promise<void> => {
    await life.close();
    await rm(homeDir, { recursive: true, force: true });
  };
  return { ...life, close };
}

/** Both are run on the first day; of those of the next two days all are missed, one of them after it was asked for. */
export async function liveThroughSchedules(life: Life): Promise<void> {
  const midnight = Math.ceil(life.clock.now().getTime() / (24 * hourMs)) * 24 * hourMs;
  const leap = (day: number, hour: number): void => {
    life.stopTime(new Date(midnight + (day * 24 + hour) * hourMs + 1_000));
    life.hurry(false);
  };
  leap(0, 6);
  await untilEnded(life, 1);
  leap(0, 8);
  await begin(life);
  await untilEnded(life, 2);
  leap(2, 8);
  await until(life, 'cool to be asked for again', () => cards(life).length === 2);
  leap(2, 12);
  await until(life, 'cool to be missed', () => missed(life).length === 3);
  await untilQuiet(life);
}

/** Presses Start and sends the form; whoever sees no form, because Muster has died, presses again. */
async function begin(life: Life): Promise<void> {
  const { bot, farEnds } = life;
  const isReady = (): boolean => farEnds.slack.modalOf('U0ANA')?.body.submit !== undefined;
  await persist(
    life,
    'cool to be begun',
    async () => {
      const { restarts } = bot.state;
      if (!isReady()) await life.press('U0ANA', 'incidents', 'schedule.begin');
      for (let look = 0; !isReady() && bot.state.restarts === restarts && look < 300; look += 1) await wait(100);
      if (!isReady()) return 'unsure';
      return (await life.submit('U0ANA', {})).state === 'closed' ? 'taken' : 'unsure';
    },
    () => keys(life, 'run:').length === 2,
  );
}

async function untilEnded(life: Life, runs: number): Promise<void> {
  life.hurry(true);
  await until(life, `${runs} runs to end`, () => keys(life, 'ended:').length === runs);
  life.hurry(false);
}

/** Each was run once and asked for once, what was missed was told once, and every run had its effect once. */
export function expectScheduledOnce(
  life: Life,
  { audit, occurrences, outcomes, rows, left, unfinished }: Evidence,
): void {
  expect(occurrences).toEqual(['cool done', 'cool missed', 'cool missed', 'warm done', 'warm missed', 'warm missed']);
  expect(outcomes).toEqual(['succeeded', 'succeeded']);
  expect(audit).toMatchObject({ ok: true });
  expect(rows).toMatchObject({
    ...{ 'schedule.due': 3, 'schedule.started': 2, 'schedule.missed': 3 },
    ...{ 'routine.opened': 1, 'run.started': 2, 'effect.sent': 2, 'run.ended': 2 },
  });
  expect({ left, unfinished }).toEqual({ left: [], unfinished: [] });
  const { effects } = life.farEnds.world.world.audit();
  expect(effects.map(({ command }) => command)).toEqual(['UpdateService', 'UpdateService']);
  const said = saidAnywhere(life).map(({ key }) => key);
  expect(said.toSorted()).toEqual([...new Set(said)].toSorted());
  expect(cards(life)).toHaveLength(2);
  expect(missed(life)).toHaveLength(3);
}

function cards(life: Life): string[] {
  return keys(life, 'schedule:');
}

/** What was said of missed ones to everybody: their owner is told besides. */
function missed(life: Life): string[] {
  return keys(life, 'schedule-told:missed:').filter((key) => !key.endsWith(':U0ANA'));
}

function keys(life: Life, beginning: string): string[] {
  return saidAnywhere(life).flatMap(({ key }) => (key.startsWith(beginning) ? [key] : []));
}
