import { setTimeout as wait } from 'node:timers/promises';
import type { Life } from './life.ts';
import {
  approve,
  askForFailover,
  declare,
  hasSaid,
  isResolved,
  publish,
  resolve,
  tellStakeholders,
  toldBy,
} from './people.ts';

/** Real milliseconds that a death may cost: a start, and on PostgreSQL a lease that runs out. */
const deathMs = 15_000;

/** The whole of it through Slack, from the first word to the last. The public page is told of every stage. */
export async function liveThrough(life: Life): Promise<void> {
  const channel = await declare(life);
  await askForFailover(life, channel);
  await publish(life, channel);
  await tellStakeholders(life, channel);
  await approve(life, channel);
  life.hurry(true);
  await until(life, 'the run to end', () => hasSaid(life, channel, 'ended:'));
  life.hurry(false);
  await resolve(life, channel);
  await untilQuiet(life, () => isResolved(life, channel));
}

/** Every death has been died, it is over as its people see it, and there is nothing left to say. */
export async function untilQuiet(life: Life, isOver: () => boolean = () => true): Promise<void> {
  const { bot, deaths } = life;
  const back = (): boolean => bot.state.restarts >= deaths && bot.state.state === 'up';
  await bot.changes.until(back, `${deaths} deaths${toldBy(life)}`, 60_000);
  await life.untilAtWork();
  await until(life, 'the header to say resolved', isOver);
  for (let look = 0; (await workLeft(life)) !== 0; look += 1) {
    if (look > 200) throw new Error(`there is no end of work${toldBy(life)}`);
    await wait(300);
  }
}

/** How many words have not gone out and how many workflows have not ended, as Muster's own metrics say. */
async function workLeft({ port }: Life): Promise<number | null> {
  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  const counts = [...metrics.matchAll(/^muster_(?:outbox_waiting\{.*\}|workflows_unfinished) (\d+)$/gm)];
  return counts.length < 2 ? null : counts.reduce((sum, [, count]) => sum + Number(count), 0);
}

export function until(life: Life, what: string, is: () => boolean): Promise<boolean> {
  const patienceMs = 150_000 + life.deaths * deathMs;
  return life.farEnds.slack.workspace.changes.until(is, `${what}${toldBy(life)}`, patienceMs);
}
