import type { Life } from './life.ts';
import { approve, askForFailover, declare, hasSaid, publish, resolve, toldBy } from './people.ts';

/** The whole of it through Slack, from the first word to the last. The public page is told of every stage. */
export async function liveThrough(life: Life): Promise<void> {
  const channel = await declare(life);
  await askForFailover(life, channel);
  await publish(life, channel);
  await approve(life, channel);
  life.hurry(true);
  await until(life, 'the run to end', () => hasSaid(life, channel, 'ended:'));
  life.hurry(false);
  await resolve(life, channel);
  await untilQuiet(life, channel);
}

async function untilQuiet(life: Life, channel: string): Promise<void> {
  const { bot, crashes, farEnds } = life;
  const restarted = (): boolean => bot.state.restarts >= crashes.length && bot.state.state === 'up';
  await bot.changes.until(restarted, `${crashes.length} crashes, of ${crashes.join(', ')}${toldBy(life)}`, 60_000);
  await until(life, 'the header to say resolved', () => /resolved/.test(headerOf(life, channel)));
  const { page } = farEnds.statuspage;
  await page.changes.until(
    () => page.incidents[0]?.status === 'resolved',
    `the page to be resolved${toldBy(life)}`,
    60_000,
  );
}

function headerOf(life: Life, channel: string): string {
  const messages = life.farEnds.slack.seen('U0ANA', channel);
  return messages.find((one) => one.metadata?.event_payload.key === 'header:1')?.text ?? '';
}

function until(life: Life, what: string, is: () => boolean): Promise<boolean> {
  return life.farEnds.slack.workspace.changes.until(is, `${what}${toldBy(life)}`, 90_000);
}
